/** The ten symptoms of the national prevention plan (第八版防控方案, 十大症状). Wording belongs to the clients. */
export const SYMPTOMS = [
  'fever',
  'dry_cough',
  'fatigue',
  'sore_throat',
  'loss_of_smell_or_taste',
  'stuffy_nose',
  'runny_nose',
  'conjunctivitis',
  'muscle_pain',
  'diarrhoea',
] as const
export type Symptom = (typeof SYMPTOMS)[number]

/** From here on a temperature counts as fever, tenths of a degree Celsius under the arm. */
export const FEVER_FROM_TENTHS = 373

interface DeclaredHealth {
  symptoms: readonly string[]
  temperatureTenths?: number | undefined
}

const hasFever = ({ symptoms, temperatureTenths = 0 }: DeclaredHealth): boolean =>
  symptoms.includes('fever') || temperatureTenths >= FEVER_FROM_TENTHS

/**
 * True where a symptom was declared, one of the ten or a temperature of fever, that `before`, the version it corrects,
 * did not tell of.
 */
export const addsSymptom = (declared: DeclaredHealth, before: DeclaredHealth = { symptoms: [] }): boolean =>
  (hasFever(declared) && !hasFever(before)) ||
  declared.symptoms.some((symptom) => symptom !== 'fever' && !before.symptoms.includes(symptom))
