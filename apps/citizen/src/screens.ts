import type { WordKey, Words } from './locales/words.types.ts'

interface ScreenFacts {
  /** Its file below `features`. The file exports the screen under its own name: `door-screen` has `DoorScreen`. */
  file: string
  /** The words in its bar. */
  title: WordKey
  /** Who may see it; everybody else is led to sign-in or registration. */
  who: 'everyone' | 'signed-in' | 'registered'
  /** Its tile on the home screen: the words below `home`, which also name its drawing in `ui/icons.css`. */
  tile?: keyof Words['home']
}

/** What screens take in their addresses; all others take nothing. */
interface Takes {
  door: { code: string; scan?: string; at?: string; choose?: string }
  'code-info': { kind: string; code?: string }
  entry: { done?: string }
  declare: { corrects?: string; member?: string }
  exposure: { corrects?: string; member?: string }
  'other-codes': { member?: string; first?: 'travel' }
  'code-history': { member?: string }
  appeal: { category: string; member?: string }
  appeals: { done?: string }
  ticket: { kind?: string; member?: string }
  /** `change`: the shop of which something is to be changed. */
  'shop-apply': { change?: string }
  shop: { id: string; done?: string }
  'shop-code': { id: string; point: string }
  tickets: { done?: string }
  holders: { member?: string }
  /** `for=yellow`: sites for people with a yellow code first. */
  'test-sites': { for?: string }
  /** `booking`: the one that moves. */
  'book-test': { site: string; booking?: string }
  bookings: { done?: string }
  'result-sheet': { test: string; member?: string }
  verify: { code?: string }
  announcement: { id: string }
  directory: { kind?: string }
  'service-consent': { key: string }
  'paper-code': { member?: string }
  /** `from` tells a poster's or a code's address that was cut off. */
  missing: { from?: 'poster' | 'code' }
}

/**
 * Every screen of the app under its name, the first one at the start. The name is the address: `/door` in the web app,
 * `pages/door/index` in a mini program. Pages, routes, bars, gates and the tiles of the home screen (in this order) follow
 * from this list.
 */
export const SCREENS = {
  home: { file: 'pass/home-screen', title: 'app.name', who: 'everyone' },
  'sign-in': { file: 'registration/sign-in-screen', title: 'signIn.title', who: 'everyone' },
  prove: { file: 'registration/prove-screen', title: 'prove.title', who: 'everyone' },
  'take-over': { file: 'records/take-over-screen', title: 'takeOver.title', who: 'signed-in' },
  register: { file: 'registration/register-screen', title: 'register.title', who: 'everyone' },
  scan: { file: 'scan/scan-screen', title: 'scan.title', who: 'everyone' },
  door: { file: 'door/door-screen', title: 'door.title', who: 'everyone' },
  companion: { file: 'door/companion-screen', title: 'door.companionTitle', who: 'registered' },
  'code-info': { file: 'help/code-info-screen', title: 'codeInfo.title', who: 'everyone' },
  entry: { file: 'entry/entry-screen', title: 'entry.title', who: 'registered', tile: 'entry' },
  'entry-form': { file: 'entry/entry-form-screen', title: 'entry.title', who: 'registered' },
  declare: { file: 'declare/health-screen', title: 'declare.title', who: 'registered', tile: 'declare' },
  exposure: {
    file: 'declare/exposure-screen',
    title: 'exposure.title',
    who: 'registered',
    tile: 'exposure',
  },
  declarations: { file: 'declare/declarations-screen', title: 'declare.history', who: 'registered' },
  'other-codes': {
    file: 'other-codes/other-codes-screen',
    title: 'otherCodes.title',
    who: 'registered',
    tile: 'otherCodes',
  },
  services: {
    file: 'services/services-screen',
    title: 'services.title',
    who: 'everyone',
    tile: 'services',
  },
  directory: { file: 'services/directory-screen', title: 'directory.title', who: 'everyone' },
  'service-consent': { file: 'services/consent-screen', title: 'services.consent', who: 'registered' },
  'risk-areas': {
    file: 'risk-areas/risk-areas-screen',
    title: 'riskAreas.title',
    who: 'everyone',
    tile: 'riskAreas',
  },
  announcements: {
    file: 'announcements/announcements-screen',
    title: 'announcements.title',
    who: 'everyone',
    tile: 'announcements',
  },
  announcement: { file: 'announcements/announcement-screen', title: 'announcements.one', who: 'everyone' },
  origin: { file: 'entry/origin-screen', title: 'origin.title', who: 'everyone', tile: 'origin' },
  tests: { file: 'testing/tests-screen', title: 'testing.mine', who: 'registered', tile: 'tests' },
  'book-test': { file: 'testing/book-test-screen', title: 'testing.bookTitle', who: 'registered' },
  'result-sheet': { file: 'testing/result-sheet-screen', title: 'testing.sheet', who: 'registered' },
  verify: { file: 'testing/verify-screen', title: 'testing.verifyTitle', who: 'everyone' },
  bookings: { file: 'testing/bookings-screen', title: 'testing.bookings', who: 'registered' },
  'test-sites': {
    file: 'testing/test-sites-screen',
    title: 'testing.sites',
    who: 'everyone',
    tile: 'testSites',
  },
  family: { file: 'family/family-screen', title: 'family.title', who: 'registered', tile: 'family' },
  holders: { file: 'family/holders-screen', title: 'holders.title', who: 'registered' },
  'member-add': { file: 'family/member-add-screen', title: 'family.add', who: 'registered' },
  visits: { file: 'records/visits-screen', title: 'records.visits', who: 'registered', tile: 'visits' },
  lookups: { file: 'records/lookups-screen', title: 'records.lookups', who: 'registered', tile: 'lookups' },
  'code-history': {
    file: 'history/code-history-screen',
    title: 'codeHistory.title',
    who: 'registered',
    tile: 'history',
  },
  appeal: { file: 'appeal/appeal-form-screen', title: 'appeal.title', who: 'registered' },
  appeals: { file: 'appeal/appeals-screen', title: 'appeal.list', who: 'registered', tile: 'appeals' },
  ticket: { file: 'ticket/ticket-form-screen', title: 'ticket.title', who: 'signed-in' },
  tickets: { file: 'ticket/tickets-screen', title: 'ticket.list', who: 'signed-in', tile: 'tickets' },
  shops: { file: 'shop/shops-screen', title: 'shop.list', who: 'registered', tile: 'shops' },
  'shop-apply': { file: 'shop/shop-apply-screen', title: 'shop.apply', who: 'everyone' },
  shop: { file: 'shop/shop-screen', title: 'shop.title', who: 'registered' },
  'shop-code': { file: 'shop/shop-code-screen', title: 'shop.code', who: 'registered' },
  'shared-stays': {
    file: 'records/shared-stays-screen',
    title: 'sharedStays.title',
    who: 'registered',
  },
  notices: { file: 'records/notices-screen', title: 'records.notices', who: 'signed-in', tile: 'notices' },
  'paper-code': { file: 'family/paper-code-screen', title: 'paper.title', who: 'registered', tile: 'paper' },
  devices: { file: 'records/devices-screen', title: 'records.devices', who: 'signed-in', tile: 'devices' },
  'renew-document': {
    file: 'registration/renew-document-screen',
    title: 'renewal.title',
    who: 'registered',
  },
  settings: { file: 'settings/settings-screen', title: 'settings.title', who: 'everyone', tile: 'settings' },
  help: { file: 'help/help-screen', title: 'help.title', who: 'everyone', tile: 'help' },
  /** For an address that leads nowhere. */
  missing: { file: 'help/missing-screen', title: 'missing.title', who: 'everyone' },
} satisfies Record<string, ScreenFacts>

export type ScreenName = keyof typeof SCREENS
/** What a screen takes in its address. */
export type ParamsOf<Name extends ScreenName> = Name extends keyof Takes ? Takes[Name] : Record<never, never>

export const screenNames = Object.keys(SCREENS) as ScreenName[]
export const factsOf = (name: ScreenName): ScreenFacts => SCREENS[name]

/** The page of a screen, as mini programs name it. */
export const pageOf = (name: ScreenName): string => `pages/${name}/index`

/** The address of a screen in the web app. */
export const webPathOf = (name: ScreenName): string => (name === 'home' ? '/' : `/${name}`)
