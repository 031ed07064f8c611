import { App, ConfigProvider } from 'antd'
import type { Locale } from 'antd/es/locale'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import './desk.css'

// Darker than the defaults: words on light tags, and hints in empty fields, keep a contrast of 4.5 to 1.
const palette = {
  colorPrimary: '#0b3d91',
  colorLink: '#0b3d91',
  colorSuccess: '#12703a',
  colorInfo: '#1557c0',
  colorWarning: '#a84a07',
  colorError: '#b91c1c',
  colorSuccessBg: '#e6f6ec',
  colorSuccessBorder: '#9bd3b0',
  colorWarningBg: '#fff5db',
  colorWarningBorder: '#ecc676',
  colorErrorBg: '#fdecec',
  colorErrorBorder: '#f0aaaa',
  colorInfoBg: '#e6f0ff',
  colorInfoBorder: '#a9c6f2',
  colorTextDescription: '#5a6675',
  colorTextPlaceholder: '#667085',
  borderRadius: 6,
  fontSize: 15,
}

// Ant Design's own words. A language without a file has its English ones.
const locales = import.meta.glob<Locale>('../locales/*/antd.ts', { eager: true, import: 'default' })

/** Fingers need 44 pixels, a mouse does not. */
const controlSizes = () =>
  window.matchMedia('(pointer: coarse)').matches
    ? { controlHeight: 44, controlHeightSM: 44 }
    : { controlHeight: 38 }

/** The device asks for as little movement as possible. */
const isCalm = () => window.matchMedia('(prefers-reduced-motion: reduce)').matches

/** Ant Design in the language shown, with its messages. Every page with heavy parts stands inside. */
export const DeskTheme = ({ children }: { children: ReactNode }) => {
  const { i18n } = useTranslation()
  const locale = locales[`../locales/${i18n.language}/antd.ts`]
  return (
    <ConfigProvider
      {...(locale ? { locale } : {})}
      // Labels stay as written: a space between two characters would change what screen readers and tests find.
      button={{ autoInsertSpace: false }}
      theme={{ token: { ...palette, ...controlSizes(), motion: !isCalm() } }}
    >
      <App className="desk-app">{children}</App>
    </ConfigProvider>
  )
}
