import { alarms } from './en/alarms.ts'
import { app } from './en/app.ts'
import { appeals } from './en/appeals.ts'
import { checkpoint } from './en/checkpoint.ts'
import { audit, operators } from './en/desk.ts'
import { devices } from './en/devices.ts'
import * as domain from './en/domain.ts'
import { entries } from './en/entries.ts'
import { errors, reasons } from './en/errors.ts'
import { imports } from './en/imports.ts'
import { matters } from './en/matters.ts'
import { people, proposals } from './en/people.ts'
import { riskAreas } from './en/risk-areas.ts'
import { rulesets } from './en/rulesets.ts'
import { upstream } from './en/upstream.ts'
import { poster, venues } from './en/venues.ts'
import { zones } from './en/zones.ts'
import type { Words } from './words.ts'
import type { zh } from './zh.ts'

/** All words of the console, English. */
export const en: Words<typeof zh> = {
  app,
  errors,
  reasons,
  domain: { ...domain },
  venues,
  poster,
  people,
  proposals,
  alarms,
  imports,
  entries,
  matters,
  riskAreas,
  rulesets,
  appeals,
  operators,
  audit,
  checkpoint,
  devices,
  upstream,
  zones,
}
