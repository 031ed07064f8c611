// ISO 3166-1 alpha-3, the 249 codes assigned in 2022.
const ASSIGNED =
  'ABW AFG AGO AIA ALA ALB AND ARE ARG ARM ASM ATA ATF ATG AUS AUT AZE BDI BEL BEN BES BFA BGD BGR BHR ' +
  'BHS BIH BLM BLR BLZ BMU BOL BRA BRB BRN BTN BVT BWA CAF CAN CCK CHE CHL CHN CIV CMR COD COG COK COL ' +
  'COM CPV CRI CUB CUW CXR CYM CYP CZE DEU DJI DMA DNK DOM DZA ECU EGY ERI ESH ESP EST ETH FIN FJI FLK ' +
  'FRA FRO FSM GAB GBR GEO GGY GHA GIB GIN GLP GMB GNB GNQ GRC GRD GRL GTM GUF GUM GUY HKG HMD HND HRV ' +
  'HTI HUN IDN IMN IND IOT IRL IRN IRQ ISL ISR ITA JAM JEY JOR JPN KAZ KEN KGZ KHM KIR KNA KOR KWT LAO ' +
  'LBN LBR LBY LCA LIE LKA LSO LTU LUX LVA MAC MAF MAR MCO MDA MDG MDV MEX MHL MKD MLI MLT MMR MNE MNG ' +
  'MNP MOZ MRT MSR MTQ MUS MWI MYS MYT NAM NCL NER NFK NGA NIC NIU NLD NOR NPL NRU NZL OMN PAK PAN PCN ' +
  'PER PHL PLW PNG POL PRI PRK PRT PRY PSE PYF QAT REU ROU RUS RWA SAU SDN SEN SGP SGS SHN SJM SLB SLE ' +
  'SLV SMR SOM SPM SRB SSD STP SUR SVK SVN SWE SWZ SXM SYC SYR TCA TCD TGO THA TJK TKL TKM TLS TON TTO ' +
  'TUN TUR TUV TWN TZA UGA UKR UMI URY USA UZB VAT VCT VEN VGB VIR VNM VUT WLF WSM YEM ZAF ZMB ZWE'

// ICAO Doc 9303-3 section 5: British nationals other than citizens, the stateless, refugees, unspecified nationality.
const TRAVEL_DOCUMENT_CODES = 'GBD GBN GBO GBP GBS XXA XXB XXC XXX'

const assigned = new Set(ASSIGNED.split(' '))
const countries = new Set(`${ASSIGNED} ${TRAVEL_DOCUMENT_CODES}`.split(' '))

/** Whether three capital letters are a country or nationality that an identity document can name. */
export const isCountryCode = (alpha3: string): boolean => countries.has(alpha3)

/** Whether three capital letters are assigned to a country or territory by ISO 3166-1; nationalities of documents are not. */
export const isAssignedCountry = (alpha3: string): boolean => assigned.has(alpha3)
