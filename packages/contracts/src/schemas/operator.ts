export { ClientConfig, Division, Region } from '../city/schemas.ts'
export {
  OpenedActivation,
  OperatorChange,
  OperatorCreation,
  OperatorEntry,
  OperatorMe,
  OperatorParams,
  OperatorRole,
  OperatorSecrets,
  OperatorSignIn,
  Password,
} from '../operator/schemas.ts'
