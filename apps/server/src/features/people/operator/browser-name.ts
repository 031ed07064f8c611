// What a browser says of itself, in the few words by which somebody knows their own machine. Order matters: every browser
// claims to be the ones before it.
const BROWSERS: readonly (readonly [RegExp, string])[] = [
  [/MicroMessenger\//, 'WeChat'],
  [/Edg(?:e|A|iOS)?\//, 'Edge'],
  [/QQBrowser\//, 'QQ'],
  [/360SE|QihooBrowser|360EE/, '360'],
  [/HuaweiBrowser\//, 'Huawei'],
  [/MiuiBrowser\//, 'Xiaomi'],
  [/Firefox\/|FxiOS\//, 'Firefox'],
  [/CriOS\/|Chrome\/|Chromium\//, 'Chrome'],
  [/Safari\//, 'Safari'],
]
const SYSTEMS: readonly (readonly [RegExp, string])[] = [
  [/OpenHarmony|HarmonyOS/, 'HarmonyOS'],
  [/Android/, 'Android'],
  [/iPhone/, 'iPhone'],
  [/iPad/, 'iPad'],
  [/Windows/, 'Windows'],
  [/Mac OS X|Macintosh/, 'macOS'],
  [/CrOS/, 'ChromeOS'],
  [/Linux/, 'Linux'],
]

const firstOf = (table: typeof BROWSERS, text: string): string | undefined =>
  table.find(([pattern]) => pattern.test(text))?.[1]

/** `Chrome · Windows`; empty where nothing is known. Only words of the tables above: what a client claims is never shown. */
export const browserName = (userAgent: string | undefined): string => {
  const text = (userAgent ?? '').slice(0, 500)
  return [firstOf(BROWSERS, text), firstOf(SYSTEMS, text)].filter(Boolean).join(' · ')
}
