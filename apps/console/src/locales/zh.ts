import { alarms } from './zh/alarms.ts'
import { app } from './zh/app.ts'
import { appeals } from './zh/appeals.ts'
import { checkpoint } from './zh/checkpoint.ts'
import { audit, operators } from './zh/desk.ts'
import { devices } from './zh/devices.ts'
import * as domain from './zh/domain.ts'
import { entries } from './zh/entries.ts'
import { errors, reasons } from './zh/errors.ts'
import { imports } from './zh/imports.ts'
import { matters } from './zh/matters.ts'
import { people, proposals } from './zh/people.ts'
import { riskAreas } from './zh/risk-areas.ts'
import { rulesets } from './zh/rulesets.ts'
import { upstream } from './zh/upstream.ts'
import { poster, venues } from './zh/venues.ts'
import { zones } from './zh/zones.ts'

/** All words of the console, Chinese: the reference that other languages follow. */
export const zh = {
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
