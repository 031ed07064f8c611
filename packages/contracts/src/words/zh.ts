import type { VenueKind } from '@jiankangbao/domain/decision/venue-kind'
import type { DocumentType } from '@jiankangbao/domain/written/document-types'

// The names that both clients show, in Chinese. A language of its own may name these things in its own folders instead.

export const venueKinds = {
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
  lodging: '宾馆酒店',
  catering: '餐饮',
  retail: '商店',
  mall: '商场',
  supermarket: '超市',
  market: '农贸市场',
  culture_leisure: '文化休闲',
  worship: '宗教场所',
  construction_site: '建筑工地',
  other: '其他场所',
} satisfies Record<VenueKind, string>

/** As offices call them. */
export const documentTypes = {
  resident_id: '居民身份证',
  passport: '护照',
  hk_macao_permit: '港澳居民来往内地通行证',
  taiwan_permit: '台湾居民来往大陆通行证',
  foreign_permanent_resident: '外国人永久居留身份证',
  birth_certificate: '出生医学证明',
} satisfies Record<DocumentType, string>

/** As people call their own. */
export const ownDocumentTypes = {
  resident_id: '居民身份证',
  passport: '护照',
  hk_macao_permit: '港澳居民来往内地通行证（回乡证）',
  taiwan_permit: '台湾居民来往大陆通行证（台胞证）',
  foreign_permanent_resident: '外国人永久居留身份证',
  birth_certificate: '出生医学证明（三岁以下）',
} satisfies Record<DocumentType, string>

/** What a number looks like. */
export const documentForms = {
  resident_id: '18 位，末位可为 X',
  passport: '5 至 9 位字母和数字',
  hk_macao_permit: 'H 或 M 加 8 位数字',
  taiwan_permit: '8 位数字',
  foreign_permanent_resident: '15 位，或以 9 开头的 18 位',
  birth_certificate: '1 位字母加 9 位数字',
} satisfies Record<DocumentType, string>
