import type { DocumentType } from '@jiankangbao/domain/identity/document'
import type { EndKind } from '@jiankangbao/domain/status/ruleset'

// What offices write in their lists, for what the rules know.

const keyOf = <K extends string>(words: Record<K, readonly string[]>, text: string): K | undefined =>
  (Object.keys(words) as K[]).find((key) => key === text || words[key].includes(text))

const RESULTS = {
  negative: ['阴性', '阴', '-'],
  positive: ['阳性', '阳', '+'],
} as const

const MODES = {
  single: ['单采', '单检', '单人', '单采单检'],
  pooled: ['混采', '混检', '混采混检', 'pool'],
} as const

const END_KINDS: Record<EndKind, readonly string[]> = {
  ended: ['解除', '结束', '到期解除'],
  withdrawn: ['撤销', '撤回', '误录', '误赋'],
}

const ACTIONS = {
  report: ['新增', '上报'],
  correct: ['更正', '订正', '修正'],
  withdraw: ['撤回', '撤销', '作废'],
} as const

const LEVELS = {
  high: ['高', '高风险', '高风险地区', '高风险区'],
  medium: ['中', '中风险', '中风险地区', '中风险区'],
  low: ['低', '低风险', '低风险地区', '低风险区'],
} as const

const EXTENTS = {
  whole: ['全域', '全部', '整体', '全市', '全县', '全区'],
  part: ['部分', '局部', '部分区域'],
} as const

const DOCUMENT_TYPES: Record<DocumentType, readonly string[]> = {
  resident_id: ['居民身份证', '身份证', '二代身份证'],
  passport: ['护照', '外国护照', '普通护照'],
  hk_macao_permit: ['港澳居民来往内地通行证', '回乡证', '港澳通行证'],
  taiwan_permit: ['台湾居民来往大陆通行证', '台胞证'],
  foreign_permanent_resident: ['外国人永久居留身份证', '永久居留证'],
}

/** As the console names them. */
const VENUE_KINDS: Record<string, readonly string[]> = {
  entry_channel: ['入徐通道'],
  railway_station: ['火车站', '高铁站'],
  coach_station: ['汽车站', '客运站', '汽车客运站'],
  airport: ['机场'],
  motorway_check: ['高速路口', '高速卡口', '高速公路查验点'],
  port: ['港口', '码头'],
  government: ['机关', '政府机关', '机关事业单位'],
  enterprise: ['企业', '公司', '写字楼'],
  medical: ['医疗机构'],
  hospital: ['医院'],
  clinic: ['诊所', '门诊', '社区卫生服务中心'],
  pharmacy: ['药店', '药房'],
  school: ['学校'],
  kindergarten: ['幼儿园'],
  primary_school: ['小学'],
  middle_school: ['中学'],
  vocational_school: ['职业学校', '中专'],
  university: ['大学', '高校', '高等院校'],
  training_centre: ['培训机构'],
  community: ['社区', '社区村居'],
  estate: ['小区', '居民小区', '住宅小区'],
  village: ['村', '行政村'],
  transport: ['公共交通'],
  bus: ['公交车', '公交'],
  metro: ['地铁', '地铁站'],
  taxi: ['出租车', '网约车'],
  lodging: ['宾馆', '酒店', '住宿', '旅馆'],
  catering: ['餐饮', '餐馆', '饭店'],
  retail: ['零售', '商业零售'],
  mall: ['商场', '购物中心'],
  supermarket: ['超市', '便利店'],
  market: ['农贸市场', '市场', '菜市场'],
  culture_leisure: ['文化休闲', '文化娱乐', '文体场所', '影院', '网吧', '景区'],
  worship: ['宗教场所'],
  construction_site: ['工地', '建筑工地'],
  other: ['其他'],
}

export const readResult = (text: string) => keyOf(RESULTS, text.toLowerCase())
export const readMode = (text: string) => keyOf(MODES, text.toLowerCase())
export const readAction = (text: string) => keyOf(ACTIONS, text.toLowerCase())
export const readEndKind = (text: string) => keyOf(END_KINDS, text.toLowerCase())
export const readLevel = (text: string) => keyOf(LEVELS, text)
export const readExtent = (text: string) => keyOf(EXTENTS, text)
export const readDocumentType = (text: string): DocumentType | undefined => keyOf(DOCUMENT_TYPES, text)
export const readVenueKind = (text: string): string | undefined => keyOf(VENUE_KINDS, text)
