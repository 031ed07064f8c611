export {
  RefreshRequest,
  Session,
  SessionEntry,
  SessionList,
  SessionParams,
  SessionRequest,
  SmsCodeRequest,
  SmsCodeSent,
} from '../account/schemas.ts'
