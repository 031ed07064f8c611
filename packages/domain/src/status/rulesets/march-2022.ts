import { DEFAULT_ADMISSION_POLICIES } from '../../decision/default-policies.ts'
import { DEFAULT_DECLARATION_RULES } from '../../declaration/declaration-rules.ts'
import type { Ruleset, TestRequirement } from '../ruleset.ts'

/** No test is asked for, but after a positive one it takes two negatives a day apart. */
const NOTHING_POSITIVE: TestRequirement = {
  count: 0,
  countAfterPositive: 2,
  minimumHoursApart: 24,
  sampledAfter: 'anchor',
  kinds: 'any',
}

const ONE_NEGATIVE: TestRequirement = { ...NOTHING_POSITIVE, count: 1 }

const TWO_NEGATIVES: TestRequirement = { ...NOTHING_POSITIVE, count: 2 }

const ONE_NEGATIVE_IN_PHASE: TestRequirement = { ...ONE_NEGATIVE, sampledAfter: 'phase_start' }

/**
 * The rules of March 2022: the 8th edition of the national plan, with what a province adds to it. Cities begin with them
 * under a name of their own (packages/city). Red is central isolation and medical observation, yellow is home
 * monitoring or further testing.
 */
export const MARCH_2022: Ruleset = {
  id: 'march-2022',
  version: 1,
  title: { zh: '健康码规则（2022年3月）', en: 'Colour rules of March 2022' },
  effectiveFrom: Date.UTC(2022, 1, 28, 16),
  dayCounting: { mode: 'calendar', anchorDay: 0 },
  standingPositiveCategory: 'positive_test',
  provincialMaxAgeHours: 48,
  unknownWhenProvincialMissing: false,
  admissionPolicies: DEFAULT_ADMISSION_POLICIES,
  declarations: DEFAULT_DECLARATION_RULES,
  // How often is what cities set anew each month (应检尽检): a beginning, changed as data.
  requiredTests: {
    cold_chain: {
      title: { zh: '进口冷链从业人员', en: 'Imported cold chain' },
      everyDays: 2,
      kinds: 'any',
      who: { type: 'post' },
    },
    courier: {
      title: { zh: '快递、外卖从业人员', en: 'Couriers and delivery' },
      everyDays: 7,
      kinds: 'any',
      who: { type: 'post' },
    },
    rated_area: {
      title: { zh: '中高风险区、封控管控区', en: 'Rated area or control zone' },
      everyDays: 3,
      kinds: 'any',
      who: { type: 'zone', zones: ['high', 'medium', 'control'], part: 'both' },
    },
  },
  categories: {
    confirmed: {
      kind: 'phases',
      title: { zh: '确诊病例/无症状感染者', en: 'Confirmed or asymptomatic infection' },
      wording: 'confirmed',
      appealable: true,
      manual: true,
      expects: ['positive_test'],
      phases: [
        {
          colour: 'red',
          end: { type: 'days', days: 14, from: 'ended', awaits: 'discharge' },
          tests: { ...NOTHING_POSITIVE, sampledAfter: 'ended' },
          actions: ['follow_hospital', 'central_isolation'],
        },
        {
          colour: 'yellow',
          end: { type: 'days', days: 14, from: 'previous' },
          tests: ONE_NEGATIVE_IN_PHASE,
          actions: ['stay_home', 'take_test'],
        },
      ],
    },
    close_contact: {
      kind: 'phases',
      title: { zh: '密切接触者', en: 'Close contact' },
      wording: 'close_contact',
      appealable: true,
      manual: true,
      phases: [
        {
          colour: 'red',
          end: { type: 'days', days: 14, from: 'anchor' },
          tests: NOTHING_POSITIVE,
          actions: ['central_isolation', 'contact_community'],
        },
        {
          colour: 'yellow',
          end: { type: 'days', days: 7, from: 'previous' },
          tests: ONE_NEGATIVE_IN_PHASE,
          actions: ['stay_home', 'take_test'],
        },
      ],
    },
    secondary_contact: {
      kind: 'phases',
      title: { zh: '密接的密接', en: 'Contact of a close contact' },
      wording: 'secondary_contact',
      appealable: true,
      manual: true,
      whenContactPositive: 'close_contact',
      phases: [
        {
          colour: 'red',
          end: { type: 'days', days: 7, from: 'anchor' },
          tests: ONE_NEGATIVE,
          actions: ['central_isolation', 'take_test'],
        },
      ],
    },
    inbound_abroad: {
      kind: 'phases',
      title: { zh: '境外入境人员', en: 'Arrival from abroad' },
      wording: 'inbound_abroad',
      appealable: true,
      manual: true,
      expects: ['away_before_anchor'],
      phases: [
        {
          colour: 'red',
          end: { type: 'days', days: 14, from: 'anchor' },
          tests: NOTHING_POSITIVE,
          actions: ['central_isolation', 'contact_community'],
        },
        {
          colour: 'yellow',
          end: { type: 'days', days: 14, from: 'previous' },
          tests: ONE_NEGATIVE_IN_PHASE,
          actions: ['stay_home', 'take_test'],
        },
      ],
    },
    risk_area_travel: {
      kind: 'phases',
      title: { zh: '中高风险地区旅居史', en: 'Stayed in a medium or high risk area' },
      wording: 'risk_area_travel',
      appealable: true,
      manual: true,
      expects: ['away_before_anchor'],
      phases: [
        {
          colour: 'red',
          end: { type: 'days', days: 14, from: 'anchor' },
          tests: NOTHING_POSITIVE,
          actions: ['central_isolation', 'contact_community'],
        },
        {
          colour: 'yellow',
          end: { type: 'days', days: 7, from: 'previous' },
          tests: ONE_NEGATIVE_IN_PHASE,
          actions: ['stay_home', 'take_test'],
        },
      ],
    },
    risk_area_resident: {
      kind: 'phases',
      title: { zh: '中高风险区内人员', en: 'Resident of a medium or high risk area' },
      wording: 'risk_area_resident',
      appealable: true,
      manual: true,
      expects: ['rated_area_in_city'],
      phases: [
        {
          colour: 'red',
          end: { type: 'ended', awaits: 'area_lifted' },
          tests: { ...ONE_NEGATIVE, sampledAfter: 'ended' },
          actions: ['stay_in_area', 'take_test'],
        },
      ],
    },
    control_zone: {
      kind: 'phases',
      title: { zh: '封控区、管控区人员', en: 'Inside a control zone' },
      wording: 'control_zone',
      appealable: true,
      manual: true,
      phases: [
        { colour: 'yellow', end: { type: 'ended', awaits: 'zone_lifted' }, actions: ['stay_in_area'] },
      ],
    },
    co_presence: {
      kind: 'phases',
      title: { zh: '时空伴随人员', en: 'Same place and time as a case' },
      wording: 'co_presence',
      appealable: true,
      manual: true,
      phases: [
        {
          colour: 'yellow',
          end: { type: 'days', days: 3, from: 'anchor' },
          tests: TWO_NEGATIVES,
          actions: ['watch_health', 'two_tests_a_day_apart'],
        },
      ],
    },
    symptom: {
      kind: 'phases',
      title: { zh: '发热等十大症状', en: 'Fever or another of the ten symptoms' },
      wording: 'symptom',
      appealable: true,
      manual: true,
      phases: [
        {
          colour: 'yellow',
          end: { type: 'tests' },
          tests: ONE_NEGATIVE,
          actions: ['fever_clinic', 'avoid_public_transport', 'take_test'],
        },
      ],
    },
    pool_positive: {
      kind: 'phases',
      title: { zh: '混检阳性待复核', en: 'Pooled sample positive, to be checked' },
      wording: 'pool_positive',
      appealable: false,
      manual: false,
      phases: [
        {
          colour: 'yellow',
          end: { type: 'tests' },
          tests: { ...ONE_NEGATIVE, kinds: 'single' },
          actions: ['stay_where_you_are', 'take_single_test'],
        },
      ],
    },
    positive_test: {
      kind: 'phases',
      title: { zh: '核酸阳性待复核', en: 'Positive test, to be checked' },
      wording: 'positive_test',
      appealable: true,
      manual: false,
      phases: [
        {
          colour: 'yellow',
          end: { type: 'tests' },
          tests: { ...TWO_NEGATIVES, kinds: 'single' },
          actions: ['stay_where_you_are', 'contact_community'],
        },
      ],
    },
    overdue_test: {
      kind: 'phases',
      title: { zh: '应检未检', en: 'Required test not taken' },
      wording: 'overdue_test',
      appealable: true,
      manual: true,
      phases: [{ colour: 'yellow', end: { type: 'tests' }, tests: ONE_NEGATIVE, actions: ['take_test'] }],
    },
    // Not in the province's table: communities list these people, and the list has to mean something.
    home_monitoring: {
      kind: 'phases',
      title: { zh: '居家健康监测', en: 'Home monitoring' },
      wording: 'home_monitoring',
      appealable: true,
      manual: true,
      phases: [
        {
          colour: 'yellow',
          end: { type: 'days', days: 7, from: 'anchor' },
          tests: ONE_NEGATIVE,
          actions: ['stay_home', 'take_test'],
        },
      ],
    },
    high_risk_post: {
      kind: 'phases',
      title: { zh: '高风险岗位闭环管理', en: 'High-risk post in closed loop' },
      wording: 'high_risk_post',
      appealable: true,
      manual: true,
      phases: [{ colour: 'red', end: { type: 'ended', awaits: 'loop_ended' }, actions: ['stay_in_loop'] }],
    },
    departure_pass: {
      kind: 'pass',
      title: { zh: '返程通行（48小时）', en: 'Journey home (48 hours)' },
      wording: 'departure_pass',
      appealable: false,
      manual: true,
      hours: 48,
      suspends: 'finished_red',
      actions: ['travel_home', 'report_on_arrival'],
    },
    provincial: {
      kind: 'as_given',
      title: { zh: '省健康码', en: 'Provincial code' },
      wording: 'provincial',
      appealable: true,
      manual: false,
      actions: ['see_provincial_code'],
    },
  },
}
