import { DEFAULT_ADMISSION_POLICIES } from '../../decision/default-policies.ts'
import { DEFAULT_DECLARATION_RULES } from '../../declaration/declaration-rules.ts'
import type { Phase, Ruleset, TestRequirement } from '../ruleset.ts'
import { MARCH_2022 } from './march-2022.ts'

const NOTHING_POSITIVE: TestRequirement = {
  count: 0,
  countAfterPositive: 2,
  minimumHoursApart: 24,
  sampledAfter: 'anchor',
  kinds: 'any',
}

const ONE_NEGATIVE: TestRequirement = { ...NOTHING_POSITIVE, count: 1 }

const TWO_NEGATIVES: TestRequirement = { ...NOTHING_POSITIVE, count: 2 }

/** 7+3: central isolation for 7 days, then health monitoring at home for 3 with a test. */
const SEVEN_AND_THREE: Phase[] = [
  {
    colour: 'red',
    end: { type: 'days', days: 7, from: 'anchor' },
    tests: NOTHING_POSITIVE,
    actions: ['central_isolation', 'contact_community'],
  },
  {
    colour: 'yellow',
    end: { type: 'days', days: 3, from: 'previous' },
    tests: { ...ONE_NEGATIVE, sampledAfter: 'phase_start' },
    actions: ['stay_home', 'take_test'],
  },
]

const HOME_ISOLATION_7: Phase[] = [
  {
    colour: 'yellow',
    end: { type: 'days', days: 7, from: 'anchor' },
    tests: ONE_NEGATIVE,
    actions: ['stay_home', 'take_test'],
  },
]

const { categories } = MARCH_2022

/**
 * The 9th edition of the national plan (published 28 June 2022): 7+3 for contacts and arrivals from abroad, seven
 * days at home for contacts of contacts and for medium-risk areas, seven days of central isolation for high-risk
 * areas, two tests in three days for low-risk areas, seven days after discharge and after a closed loop. What the
 * plan leaves to the province (symptoms, pools, overdue tests, passes) stays as in `march-2022`.
 */
export const NINTH_EDITION: Ruleset = {
  id: 'ninth-edition',
  version: 1,
  title: { zh: '新型冠状病毒肺炎防控方案（第九版）', en: 'National plan, 9th edition' },
  effectiveFrom: Date.UTC(2022, 5, 27, 16),
  dayCounting: { mode: 'calendar', anchorDay: 0 },
  standingPositiveCategory: 'positive_test',
  provincialMaxAgeHours: 48,
  unknownWhenProvincialMissing: false,
  declarations: {
    ...DEFAULT_DECLARATION_RULES,
    riskAreaStay: {
      high: 'risk_area_travel',
      medium: 'medium_risk_area_travel',
      low: 'low_risk_area_travel',
    },
    stayDays: 7,
  },
  // Its table of posts: whoever handles imported goods daily, couriers and the like twice a week.
  requiredTests: {
    cold_chain: {
      title: { zh: '进口冷链、口岸从业人员', en: 'Imported cold chain and ports' },
      everyDays: 1,
      kinds: 'any',
      who: { type: 'post' },
    },
    courier: {
      title: { zh: '快递、外卖、交通运输等从业人员', en: 'Couriers, delivery, transport' },
      everyDays: 3,
      kinds: 'any',
      who: { type: 'post' },
    },
    rated_area: {
      title: { zh: '高中风险区、管控区', en: 'Rated area or control zone' },
      everyDays: 2,
      kinds: 'any',
      who: { type: 'zone', zones: ['high', 'medium', 'control'], part: 'both' },
    },
  },
  admissionPolicies: {
    base: { ...DEFAULT_ADMISSION_POLICIES.base, testMaxAgeHours: 72 },
    byKind: {
      ...DEFAULT_ADMISSION_POLICIES.byKind,
      medical: { ...DEFAULT_ADMISSION_POLICIES.byKind.medical, testMaxAgeHours: 48 },
      pharmacy: { testMaxAgeHours: null },
      community: { ...DEFAULT_ADMISSION_POLICIES.byKind.community, testMaxAgeHours: null },
    },
  },
  categories: {
    ...categories,
    confirmed: {
      kind: 'phases',
      title: { zh: '确诊病例/无症状感染者', en: 'Confirmed or asymptomatic infection' },
      wording: 'confirmed',
      appealable: true,
      manual: true,
      expects: ['positive_test'],
      phases: [
        { colour: 'red', end: { type: 'ended', awaits: 'discharge' }, actions: ['follow_hospital'] },
        {
          colour: 'yellow',
          end: { type: 'days', days: 7, from: 'ended', awaits: 'discharge' },
          tests: { ...ONE_NEGATIVE, sampledAfter: 'phase_start' },
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
      phases: SEVEN_AND_THREE,
    },
    secondary_contact: {
      kind: 'phases',
      title: { zh: '密接的密接', en: 'Contact of a close contact' },
      wording: 'secondary_contact',
      appealable: true,
      manual: true,
      whenContactPositive: 'close_contact',
      phases: HOME_ISOLATION_7,
    },
    inbound_abroad: {
      kind: 'phases',
      title: { zh: '境外入境人员', en: 'Arrival from abroad' },
      wording: 'inbound_abroad',
      appealable: true,
      manual: true,
      expects: ['away_before_anchor'],
      phases: SEVEN_AND_THREE,
    },
    risk_area_travel: {
      kind: 'phases',
      title: { zh: '高风险区旅居史', en: 'Stayed in a high risk area' },
      wording: 'risk_area_travel',
      appealable: true,
      manual: true,
      expects: ['away_before_anchor'],
      phases: [
        {
          colour: 'red',
          end: { type: 'days', days: 7, from: 'anchor' },
          tests: ONE_NEGATIVE,
          actions: ['central_isolation', 'contact_community'],
        },
      ],
    },
    medium_risk_area_travel: {
      kind: 'phases',
      title: { zh: '中风险区旅居史', en: 'Stayed in a medium risk area' },
      wording: 'medium_risk_area_travel',
      appealable: true,
      manual: true,
      expects: ['away_before_anchor'],
      phases: HOME_ISOLATION_7,
    },
    low_risk_area_travel: {
      kind: 'phases',
      title: { zh: '低风险区旅居史', en: 'Stayed in a county with a risk area' },
      wording: 'low_risk_area_travel',
      appealable: true,
      manual: true,
      expects: ['away_before_anchor'],
      phases: [
        {
          colour: 'yellow',
          end: { type: 'tests' },
          tests: TWO_NEGATIVES,
          actions: ['watch_health', 'two_tests_a_day_apart'],
        },
      ],
    },
    risk_area_resident: {
      kind: 'phases',
      title: { zh: '高风险区内人员', en: 'Resident of a high risk area' },
      wording: 'risk_area_resident',
      appealable: true,
      manual: true,
      expects: ['rated_area_in_city'],
      phases: [
        {
          colour: 'red',
          end: { type: 'ended', awaits: 'area_lifted' },
          tests: { ...ONE_NEGATIVE, sampledAfter: 'ended' },
          actions: ['stay_home', 'take_test'],
        },
      ],
    },
    medium_risk_area_resident: {
      kind: 'phases',
      title: { zh: '中风险区内人员', en: 'Resident of a medium risk area' },
      wording: 'medium_risk_area_resident',
      appealable: true,
      manual: true,
      expects: ['rated_area_in_city'],
      phases: [
        {
          colour: 'yellow',
          end: { type: 'ended', awaits: 'area_lifted' },
          tests: { ...ONE_NEGATIVE, sampledAfter: 'ended' },
          actions: ['stay_in_area', 'take_test'],
        },
      ],
    },
    high_risk_post: {
      kind: 'phases',
      title: { zh: '高风险岗位闭环管理', en: 'High-risk post in closed loop' },
      wording: 'high_risk_post',
      appealable: true,
      manual: true,
      phases: [
        { colour: 'red', end: { type: 'ended', awaits: 'loop_ended' }, actions: ['stay_in_loop'] },
        {
          colour: 'yellow',
          end: { type: 'days', days: 7, from: 'ended', awaits: 'loop_ended' },
          tests: { ...ONE_NEGATIVE, sampledAfter: 'phase_start' },
          actions: ['stay_home', 'take_test'],
        },
      ],
    },
  },
}
