import type { Symptom } from '@jiankangbao/contracts/declaration/schemas'
import type { DecisionReason } from '@jiankangbao/domain/decision/decide'
import type { VenueKind } from '@jiankangbao/domain/decision/venue-kind'
import type { DocumentType } from '@jiankangbao/domain/identity/document'
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

const documentTypes = {
  resident_id: '居民身份证',
  passport: '护照',
  hk_macao_permit: '港澳居民来往内地通行证',
  taiwan_permit: '台湾居民来往大陆通行证',
  foreign_permanent_resident: '外国人永久居留身份证',
  birth_certificate: '出生医学证明',
} satisfies Record<DocumentType, string>

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

const kinds = {
  entry_channel: '{{city.into}}通道',
  railway_station: '火车站',
  coach_station: '汽车客运站',
  airport: '机场',
  motorway_check: '高速公路查验点',
  port: '港口',
  government: '政府机关',
  enterprise: '企业',
  medical: '医疗机构',
  hospital: '医院',
  clinic: '诊所',
  pharmacy: '药店',
  school: '学校',
  kindergarten: '幼儿园',
  primary_school: '小学',
  middle_school: '中学',
  vocational_school: '职业学校',
  university: '高等院校',
  training_centre: '培训机构',
  community: '社区村居',
  estate: '居民小区',
  village: '村',
  transport: '公共交通',
  bus: '公交',
  metro: '地铁',
  taxi: '出租车',
  lodging: '住宿',
  catering: '餐饮',
  retail: '商业零售',
  mall: '商场',
  supermarket: '超市',
  market: '农贸市场',
  culture_leisure: '文化休闲',
  worship: '宗教场所',
  construction_site: '建筑工地',
  other: '其他',
} satisfies Record<VenueKind, string>

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
  kinds,
  symptoms,
}
