import type { ReactNode } from 'react'
import { goBack } from '../platform/navigate.ts'
import { hostDrawsBar, usePageLook } from '../platform/page-look.ts'
import { factsOf, type ScreenName } from '../screens.ts'
import { useObservable } from '../state/observable.ts'
import { changePreferences, preferences } from '../state/preferences.ts'
import { chooseLanguage, languageFacts, nextLanguage, say, useLanguage } from '../words/words.ts'
import { classNames } from './class-names.ts'

interface ScreenProps {
  name: ScreenName
  /** In place of the title that the list of screens gives. */
  title?: string
  children: ReactNode
  /** The home screen has nothing to go back to. */
  back?: boolean
  tone?: string
  /** For tests, where one screen has several faces. */
  dataScreen?: string
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
export const Screen = ({
  name,
  title = say(factsOf(name).title),
  children,
  back = true,
  tone = '',
  dataScreen = name,
}: ScreenProps) => {
  const { tag, largeLetter } = languageFacts(useLanguage())
  const other = nextLanguage()
  const { elder } = useObservable(preferences)
  usePageLook({ language: tag, title })
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
          <span aria-hidden="true">{largeLetter}</span>
        </button>
        <button
          type="button"
          className="bar-button bar-language"
          lang={languageFacts(other).tag}
          onClick={() => chooseLanguage(other)}
        >
          {languageFacts(other).shortName}
        </button>
      </header>
      <main className="content">{children}</main>
    </div>
  )
}
