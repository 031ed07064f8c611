/** `broken`: it could not be carried out; that says nothing about the log. */
export const VERIFICATION_STATES = ['waiting', 'running', 'passed', 'failed', 'broken'] as const
export type VerificationState = (typeof VERIFICATION_STATES)[number]
