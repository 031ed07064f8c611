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

/** True where what was declared is a symptom: one of the ten, or a temperature of fever. */
export const hasSymptom = (declared: {
  symptoms: readonly string[]
  temperatureTenths?: number | undefined
}): boolean =>
  declared.symptoms.length > 0 ||
  (declared.temperatureTenths !== undefined && declared.temperatureTenths >= FEVER_FROM_TENTHS)
