import { isCountryCode } from '../identity/country-codes.ts'
import { COUNTRY_NAMES } from '../place/country-names.ts'
import { toPlainText } from './characters.ts'
import { wordKey } from './word.ts'

/** Three letters of ISO 3166-1 and the two letters of the same country. */
const TWO_LETTERS = (
  'ABWAW AFGAF AGOAO AIAAI ALAAX ALBAL ANDAD AREAE ARGAR ARMAM ASMAS ATAAQ ATFTF ATGAG AUSAU AUTAT AZEAZ BDIBI ' +
  'BELBE BENBJ BESBQ BFABF BGDBD BGRBG BHRBH BHSBS BIHBA BLMBL BLRBY BLZBZ BMUBM BOLBO BRABR BRBBB BRNBN BTNBT ' +
  'BVTBV BWABW CAFCF CANCA CCKCC CHECH CHLCL CIVCI CMRCM CODCD COGCG COKCK COLCO COMKM CPVCV CRICR CUBCU CUWCW ' +
  'CXRCX CYMKY CYPCY CZECZ DEUDE DJIDJ DMADM DNKDK DOMDO DZADZ ECUEC EGYEG ERIER ESHEH ESPES ESTEE ETHET FINFI ' +
  'FJIFJ FLKFK FRAFR FROFO FSMFM GABGA GBRGB GEOGE GGYGG GHAGH GIBGI GINGN GLPGP GMBGM GNBGW GNQGQ GRCGR GRDGD ' +
  'GRLGL GTMGT GUFGF GUMGU GUYGY HKGHK HMDHM HNDHN HRVHR HTIHT HUNHU IDNID IMNIM INDIN IOTIO IRLIE IRNIR IRQIQ ' +
  'ISLIS ISRIL ITAIT JAMJM JEYJE JORJO JPNJP KAZKZ KENKE KGZKG KHMKH KIRKI KNAKN KORKR KWTKW LAOLA LBNLB LBRLR ' +
  'LBYLY LCALC LIELI LKALK LSOLS LTULT LUXLU LVALV MACMO MAFMF MARMA MCOMC MDAMD MDGMG MDVMV MEXMX MHLMH MKDMK ' +
  'MLIML MLTMT MMRMM MNEME MNGMN MNPMP MOZMZ MRTMR MSRMS MTQMQ MUSMU MWIMW MYSMY MYTYT NAMNA NCLNC NERNE NFKNF ' +
  'NGANG NICNI NIUNU NLDNL NORNO NPLNP NRUNR NZLNZ OMNOM PAKPK PANPA PCNPN PERPE PHLPH PLWPW PNGPG POLPL PRIPR ' +
  'PRKKP PRTPT PRYPY PSEPS PYFPF QATQA REURE ROURO RUSRU RWARW SAUSA SDNSD SENSN SGPSG SGSGS SHNSH SJMSJ SLBSB ' +
  'SLESL SLVSV SMRSM SOMSO SPMPM SRBRS SSDSS STPST SURSR SVKSK SVNSI SWESE SWZSZ SXMSX SYCSC SYRSY TCATC TCDTD ' +
  'TGOTG THATH TJKTJ TKLTK TKMTM TLSTL TONTO TTOTT TUNTN TURTR TUVTV TWNTW TZATZ UGAUG UKRUA UMIUM URYUY USAUS ' +
  'UZBUZ VATVA VCTVC VENVE VGBVG VIRVI VNMVN VUTVU WLFWF WSMWS YEMYE ZAFZA ZMBZM ZWEZW'
).split(' ')

/** Full names, and other names that people write. */
const OTHER_NAMES: Readonly<Record<string, readonly string[]>> = {
  CHN: [
    '中国',
    '中华人民共和国',
    'CN',
    'China',
    'PRC',
    "People's Republic of China",
    '中国大陆',
    '中国内地',
    '汉',
  ],
  HKG: ['香港', '中国香港特别行政区', '香港特别行政区', 'Hong Kong', 'Hongkong', '中国（香港）'],
  MAC: ['澳门', '中国澳门特别行政区', '澳门特别行政区', 'Macao', 'Macau', '中国（澳门）'],
  TWN: ['台湾', '台湾省', '中国台湾省', 'Taiwan', '臺灣', '中国（台湾）'],
  USA: ['美利坚合众国', '美国籍', 'United States of America', 'U.S.A.', 'U.S.', 'America', '美利坚'],
  GBR: ['大不列颠及北爱尔兰联合王国', '大不列颠', '英格兰', 'UK', 'Great Britain', 'Britain', 'England'],
  KOR: ['大韩民国', '南韩', '韩', 'Republic of Korea', 'Korea South', 'South Korea'],
  PRK: ['朝鲜民主主义人民共和国', '北朝鲜', 'DPRK'],
  RUS: ['俄罗斯联邦', '俄国', '俄', 'Russian Federation'],
  DEU: ['德意志联邦共和国', 'D', '德意志', 'Federal Republic of Germany'],
  FRA: ['法兰西共和国', '法兰西'],
  JPN: ['日本国', '日'],
  ESP: ['西班牙王国'],
  ITA: ['意大利共和国'],
  PRT: ['葡萄牙共和国'],
  NLD: ['荷兰王国', 'Holland', 'The Netherlands'],
  CHE: ['瑞士联邦'],
  ARE: ['阿拉伯联合酋长国', 'UAE', '阿联酋国'],
  SAU: ['沙特', '沙特阿拉伯王国', 'KSA'],
  VNM: ['越南社会主义共和国', 'Viet Nam'],
  LAO: ['老挝人民民主共和国', '寮国'],
  MMR: ['缅甸联邦共和国', 'Burma'],
  MNG: ['蒙古国', '外蒙古'],
  MYS: ['马来西亚联邦', '大马'],
  SGP: ['新加坡共和国', '星加坡'],
  THA: ['泰王国', '泰'],
  IDN: ['印尼', '印度尼西亚共和国'],
  PHL: ['菲律宾共和国'],
  IND: ['印度共和国'],
  PAK: ['巴基斯坦伊斯兰共和国'],
  BGD: ['孟加拉', '孟加拉人民共和国'],
  IRN: ['伊朗伊斯兰共和国'],
  KAZ: ['哈萨克斯坦共和国', '哈萨克'],
  CIV: ['科特迪瓦共和国', '象牙海岸', 'Ivory Coast'],
  COD: ['刚果民主共和国', '刚果（金）', '刚果金', 'DR Congo', 'Democratic Republic of the Congo'],
  COG: ['刚果共和国', '刚果（布）', '刚果布', 'Republic of the Congo'],
  CZE: ['捷克共和国', 'Czech Republic'],
  MKD: ['北马其顿', '马其顿', 'Macedonia'],
  SWZ: ['斯威士兰', 'Swaziland'],
  TUR: ['土耳其共和国', 'Turkey'],
  ZAF: ['南非共和国', 'RSA'],
  NZL: ['新西兰国', '纽西兰'],
  CAN: ['加拿大国'],
  AUS: ['澳大利亚联邦', '澳洲'],
  BRA: ['巴西联邦共和国'],
  MEX: ['墨西哥合众国'],
  EGY: ['阿拉伯埃及共和国'],
  UKR: ['乌克兰国'],
}

const keys = new Map<string, string>()
const doubtful = new Set<string>()
const learn = (word: string, country: string): void => {
  const key = wordKey(word)
  const known = keys.get(key)
  if (known !== undefined && known !== country) doubtful.add(key)
  else keys.set(key, country)
}
for (const pair of TWO_LETTERS) learn(pair.slice(3), pair.slice(0, 3))
for (const [country, zh, en] of COUNTRY_NAMES) for (const word of [zh, en]) learn(word, country)
for (const [country, words] of Object.entries(OTHER_NAMES)) for (const word of words) learn(word, country)

const withoutSuffix = (key: string): string => key.replace(/^(?:国籍|外籍)|(?:籍|公民|籍人士)$/g, '')

/**
 * A nationality as files write it, as three letters: those of ISO 3166-1 (of passports also the codes of ICAO 9303), two letters, the Chinese
 * or English name, the full name. Undefined where it is no country, or two (刚果).
 */
export const readNationality = (raw: string): string | undefined => {
  if (raw.length > 80) return undefined
  const letters = toPlainText(raw).trim().toUpperCase().replace(/<+$/, '')
  if (/^[A-Z]{3}$/.test(letters) && isCountryCode(letters)) return letters
  // Names with a code beside them: 美国(USA), USA 美国, CHN-中国.
  const parts = letters.split(/[\s()/,;:|-]+/).filter((part) => part !== '')
  const whole = wordKey(letters)
  for (const key of [whole, withoutSuffix(whole)])
    if (keys.has(key) && !doubtful.has(key)) return keys.get(key)
  const [, name, code] = /^(.+?)[ (,/|-]+([A-Z]{2,3})\)?$/.exec(letters) ?? []
  const [first, ...rest] = name === undefined || code === undefined ? parts : [name, code]
  const meant = [first ?? '', rest.join(' ')].map(readPart)
  return meant[0] !== undefined && meant[0] === meant[1] ? meant[0] : undefined
}

const readPart = (part: string): string | undefined =>
  /^[A-Z]{3}$/.test(part) && isCountryCode(part) ? part : keys.get(withoutSuffix(wordKey(part)))
