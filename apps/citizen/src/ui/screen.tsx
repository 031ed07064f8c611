import { type ReactNode, useEffect } from 'react'
import { goBack } from '../platform/navigate.ts'
import { setPageLook } from '../platform/page-look.ts'
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

/** The frame of every screen: title, way back, language and type size always in reach. */
export const Screen = ({ title, children, back = true, tone = '', dataScreen }: ScreenProps) => {
  const language = useLanguage()
  const { elder } = useObservable(preferences)
  useEffect(() => setPageLook({ language: languageTag(language), title }), [language, title])
  return (
    <div className={classNames('screen', elder && 'elder', tone)} data-testid={`screen-${dataScreen}`}>
      <header className="bar">
        {back ? (
          <button type="button" className="bar-button" aria-label={say('action.back')} onClick={goBack}>
            <span aria-hidden="true">‹</span>
          </button>
        ) : (
          <span className="bar-badge" aria-hidden="true" />
        )}
        <h1 className="bar-title" id="screen-title" tabIndex={-1}>
          {title}
        </h1>
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
