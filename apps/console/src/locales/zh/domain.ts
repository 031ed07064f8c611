import type { Symptom } from '@jiankangbao/contracts/declaration/schemas'
import { documentTypes, venueKinds } from '@jiankangbao/contracts/words/zh'
import type { DecisionReason } from '@jiankangbao/domain/decision/decide'
import type { Colour } from '@jiankangbao/domain/status/colour'
import type { OperatorRole, Relation } from '@jiankangbao/domain/vocabulary/people'

const colours = { green: '绿码', yellow: '黄码', red: '红码', none: '暂无' } satisfies Record<Colour, string>

const roles = {
  hq: '市指挥部',
  office: '社区/区县防控办',
  epidemiologist: '流调员',
  hotline: '热线话务员',
  auditor: '审计员',
  sysadmin: '系统管理员',
  venue_manager: '场所管理员',
  checker: '查验员',
  sampler: '采样员',
  lab: '检测机构',
} satisfies Record<OperatorRole, string>

const relations = {
  child: '子女',
  parent: '父母',
  grandparent: '祖父母',
  spouse: '配偶',
  ward: '被监护人',
  other: '其他',
} satisfies Record<Relation, string>

const conditions = {
  discharge: '待出院',
  area_lifted: '待风险区解除',
  zone_lifted: '待管控区解除',
  loop_ended: '待闭环结束',
  negative_tests: '待核酸阴性结果',
  provincial_refresh: '待更新{{city.provincialCode}}',
  not_evaluable: '待人工核实',
  unknown: '待满足条件',
}

const actions = {
  follow_hospital: '遵照定点医院安排',
  central_isolation: '集中隔离医学观察',
  stay_home: '居家健康监测',
  take_test: '做核酸检测',
  contact_community: '联系社区',
  stay_in_area: '不离开所在区域',
  watch_health: '关注自身健康',
  two_tests_a_day_apart: '做两次核酸，间隔 24 小时以上',
  fever_clinic: '到发热门诊就诊',
  avoid_public_transport: '不乘坐公共交通',
  stay_where_you_are: '原地等待，不要走动',
  take_single_test: '做单人单管核酸',
  stay_in_loop: '留在闭环内',
  travel_home: '点对点返程',
  report_on_arrival: '到达后向社区报到',
  see_provincial_code: '查看{{city.provincialCode}}说明',
}

/** Why the decision at a venue is not simply "admit". */
const decisionReasons = {
  colour_red: '红码',
  colour_yellow: '黄码',
  colour_none: '暂无健康码状态',
  test_missing: '没有核酸阴性记录',
  test_too_old: '核酸已超过时限',
  entry_registration_missing: '未做{{city.into}}登记',
  evaluation_stale: '状态较久未更新',
  policy_review: '本场所需人工核验',
} satisfies Record<DecisionReason, string>

/** Symptoms that are declared. */
const symptoms: Record<Symptom, string> = {
  fever: '发热',
  dry_cough: '干咳',
  fatigue: '乏力',
  sore_throat: '咽痛',
  loss_of_smell_or_taste: '嗅觉或味觉减退',
  stuffy_nose: '鼻塞',
  runny_nose: '流涕',
  conjunctivitis: '结膜炎',
  muscle_pain: '肌肉酸痛',
  diarrhoea: '腹泻',
}

/** What the rules and the register are made of. */
export const domain = {
  colours,
  roles,
  documentTypes,
  relations,
  conditions,
  actions,
  decisionReasons,
  kinds: venueKinds,
  symptoms,
}
