import { documentTypes, venueKinds } from '@jiankangbao/contracts/words/en'
import type { Translation } from '../translation.ts'
import type { domain as reference } from '../zh/domain.ts'

const colours = {
  green: 'Green',
  yellow: 'Yellow',
  red: 'Red',
  none: 'None yet',
}

const roles = {
  hq: 'City headquarters',
  office: 'Community / district office',
  epidemiologist: 'Epidemiologist',
  hotline: 'Hotline',
  auditor: 'Auditor',
  sysadmin: 'System administrator',
  venue_manager: 'Venue manager',
  checker: 'Checkpoint staff',
  sampler: 'Sampler',
  lab: 'Laboratory',
}

const relations = {
  child: 'Child',
  parent: 'Parent',
  grandparent: 'Grandparent',
  spouse: 'Spouse',
  ward: 'Ward',
  other: 'Other',
}

const conditions = {
  discharge: 'discharge from hospital',
  area_lifted: 'the risk area is lifted',
  zone_lifted: 'the control zone is lifted',
  loop_ended: 'the closed loop ends',
  negative_tests: 'negative tests',
  provincial_refresh: 'the provincial code is refreshed',
  not_evaluable: 'somebody looks at it',
  unknown: 'a condition is met',
}

const actions = {
  follow_hospital: 'Follow the hospital',
  central_isolation: 'Central isolation',
  stay_home: 'Health monitoring at home',
  take_test: 'Take a test',
  contact_community: 'Contact the community',
  stay_in_area: 'Stay in the area',
  watch_health: 'Watch your health',
  two_tests_a_day_apart: 'Two tests, 24 hours apart',
  fever_clinic: 'Go to a fever clinic',
  avoid_public_transport: 'No public transport',
  stay_where_you_are: 'Stay where you are',
  take_single_test: 'Take a single-tube test',
  stay_in_loop: 'Stay in the loop',
  travel_home: 'Travel straight home',
  report_on_arrival: 'Report to the community on arrival',
  see_provincial_code: 'See the provincial code',
}

const decisionReasons = {
  colour_red: 'Red code',
  colour_yellow: 'Yellow code',
  colour_none: 'No status yet',
  test_missing: 'No negative test on record',
  test_too_old: 'Negative test too old',
  entry_registration_missing: 'Not registered for entry',
  evaluation_stale: 'Status not updated for long',
  policy_review: 'This venue checks everyone',
}

const symptoms = {
  fever: 'fever',
  dry_cough: 'dry cough',
  fatigue: 'fatigue',
  sore_throat: 'sore throat',
  loss_of_smell_or_taste: 'loss of smell or taste',
  stuffy_nose: 'stuffy nose',
  runny_nose: 'runny nose',
  conjunctivitis: 'red eyes',
  muscle_pain: 'muscle pain',
  diarrhoea: 'diarrhoea',
}

/** What the rules and the register are made of. */
export const domain: Translation<typeof reference> = {
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
