export { Alarm, AlarmFigures } from '../alarm/schemas.ts'
