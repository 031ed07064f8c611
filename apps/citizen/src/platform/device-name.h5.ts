const systems: readonly [RegExp, string][] = [
  [/iPhone|iPad/, 'iPhone / iPad'],
  [/HarmonyOS/, 'HarmonyOS'],
  [/Android/, 'Android'],
  [/Windows/, 'Windows'],
  [/Mac OS/, 'Mac'],
  [/Linux/, 'Linux'],
]
const browsers: readonly [RegExp, string][] = [
  [/MicroMessenger/, 'WeChat'],
  [/AlipayClient/, 'Alipay'],
  [/Edg\//, 'Edge'],
  [/Firefox/, 'Firefox'],
  [/Chrome/, 'Chrome'],
  [/Safari/, 'Safari'],
]

const first = (agent: string, names: readonly [RegExp, string][]): string =>
  names.find(([pattern]) => pattern.test(agent))?.[1] ?? ''

/** What the list of devices calls this browser: system and browser, nothing that singles it out. */
export const deviceName = (): string =>
  [first(navigator.userAgent, systems), first(navigator.userAgent, browsers)].filter(Boolean).join(' · ') ||
  'Web'
