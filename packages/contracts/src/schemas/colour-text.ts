export { ColourTexts, Notice, type NoticeKind } from '../notice/schemas.ts'
