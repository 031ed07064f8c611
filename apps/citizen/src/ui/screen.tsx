import type { ReactNode } from 'react'
import { goBack } from '../platform/navigate.ts'
import { hostDrawsBar, usePageLook } from '../platform/page-look.ts'
import { useObservable } from '../state/observable.ts'
import { changePreferences, preferences } from '../state/preferences.ts'
import { chooseLanguage, languageTag, say, useLanguage } from '../words/words.ts'
import { classNames } from './class-names.ts'

interface ScreenProps {
  title: string
  children: ReactNode
  /** The home screen has nothing to go back to. */
  back?: boolean
  tone?: string
  dataScreen: string
}

const WayBack = ({ back }: { back: boolean }) =>
  back ? (
    <button type="button" className="bar-button" aria-label={say('action.back')} onClick={goBack}>
      <span aria-hidden="true">‹</span>
    </button>
  ) : (
    <span className="bar-badge" aria-hidden="true" />
  )

/** The frame of every screen: title, way back, language and type size always in reach. */
export const Screen = ({ title, children, back = true, tone = '', dataScreen }: ScreenProps) => {
  const language = useLanguage()
  const { elder } = useObservable(preferences)
  usePageLook({ language: languageTag(language), title })
  return (
    <div className={classNames('screen', elder && 'elder', tone)} data-testid={`screen-${dataScreen}`}>
      <header className="bar">
        {hostDrawsBar ? (
          <span className="bar-title" aria-hidden="true" />
        ) : (
          <>
            <WayBack back={back} />
            <h1 className="bar-title" id="screen-title" tabIndex={-1}>
              {title}
            </h1>
          </>
        )}
        <button
          type="button"
          className="bar-button bar-elder"
          aria-pressed={elder}
          aria-label={say('settings.elder')}
          onClick={() => changePreferences({ elder: !elder })}
        >
          <span aria-hidden="true">{language === 'zh' ? '大' : 'A'}</span>
        </button>
        <button
          type="button"
          className="bar-button bar-language"
          lang={language === 'zh' ? 'en' : 'zh-CN'}
          onClick={() => chooseLanguage(language === 'zh' ? 'en' : 'zh')}
        >
          {language === 'zh' ? 'EN' : '中'}
        </button>
      </header>
      <main className="content">{children}</main>
    </div>
  )
}
