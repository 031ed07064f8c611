import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { wordAgo } from './ago.ts'
import { type Face, isHeld, staysFor, toneOf, wordKeyOf } from './face.ts'
import { LetPass } from './let-pass.tsx'
import { FaceSymbol } from './symbols.tsx'
import './result-face.css'

interface Props {
  face: Face
  /** Somebody scanned while this face stays. */
  isWaitedFor: boolean
  onDismiss: () => void
}

/** One answer over the whole screen. A tap goes on; the next code replaces it only where it is green. */
export const ResultFace = ({ face, isWaitedFor, onDismiss }: Props) => {
  const { t } = useTranslation()
  const tone = toneOf(face)
  const turn = useTurn(face)
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the button below does the same by keyboard
    // biome-ignore lint/a11y/noStaticElementInteractions: the whole screen is the target of a thumb
    <section
      key={turn}
      translate="no"
      className={`notranslate cp-face cp-tone-${tone} cp-pattern-${face.key}`}
      data-testid="check-result"
      data-face={face.key}
      data-colour={face.colour ?? ''}
      onClick={onDismiss}
    >
      <div role="alert" className="cp-face-main">
        <FaceSymbol face={face.key} />
        <h1 className={face.entryRegistered ? 'cp-word-long' : undefined}>{t(wordKeyOf(face))}</h1>
        {face.colour && <p className="cp-colour">{t(`domain.colours.${face.colour}`)}</p>}
        {face.nameMasked && (
          <p className="cp-name">
            {face.nameMasked}
            {face.documentNumberMasked && <small>{face.documentNumberMasked}</small>}
          </p>
        )}
        {face.documentNeeded && <p className="cp-document">{t('checkpoint.lookAtDocument')}</p>}
        <Why face={face} />
        {face.mayLetPass && <LetPass check={face.mayLetPass} />}
      </div>
      <footer>
        <button type="button" className="cp-next" onClick={onDismiss}>
          {t('checkpoint.next')}
        </button>
        <small className={isWaitedFor ? 'cp-waited' : undefined} role={isWaitedFor ? 'alert' : undefined}>
          {t(wordGoingOn(face))}
        </small>
      </footer>
    </section>
  )
}

const wordGoingOn = (face: Face): string => {
  if (staysFor(face) !== undefined) return 'checkpoint.returning'
  return isHeld(face) ? 'checkpoint.tapFirst' : 'checkpoint.tapToGo'
}

/**
 * Counts the answers, so that each is drawn anew: a browser that translates puts texts of its own into the page, and the
 * word of the person before would stay over the colour of the next.
 */
const useTurn = (face: Face): number => {
  const last = useRef({ face, turn: 0 })
  if (last.current.face !== face) last.current = { face, turn: last.current.turn + 1 }
  return last.current.turn
}

const Why = ({ face }: { face: Face }) => {
  const { t } = useTranslation()
  const seconds = useCountdown(face.waitSeconds)
  const lines = [
    ...face.reasons.map((reason) => t(`domain.decisionReasons.${reason}`, { defaultValue: reason })),
    ...(face.detail ? [t(`checkpoint.details.${face.detail}`, { defaultValue: '' })] : []),
    ...(face.problem ? [face.problem.title] : []),
    ...(face.ageSeconds === undefined ? [] : [t('checkpoint.age', { seconds: face.ageSeconds })]),
    ...(face.latestTestAt
      ? [t('checkpoint.latestTest', { ago: wordAgo(t, face.latestTestAt, Date.now()) })]
      : []),
    ...(face.late ? [t('checkpoint.late')] : []),
  ].filter((line) => line !== '')
  return (
    <div className="cp-why">
      {lines.length > 0 && (
        <ul>
          {lines.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      )}
      {face.cause && <p data-testid="no-answer">{t(`checkpoint.causes.${face.cause}`)}</p>}
      {face.hint && <p>{t(`checkpoint.hints.${face.hint}`, { seconds })}</p>}
      {face.kept && (
        <p data-testid="kept" data-kept={face.kept}>
          {t(`checkpoint.kept.${face.kept}`)}
        </p>
      )}
      {face.problem?.requestId && <small>{t('app.state.requestId', { id: face.problem.requestId })}</small>}
    </div>
  )
}

const useCountdown = (from: number | undefined): number => {
  const [left, setLeft] = useState(from ?? 0)
  useEffect(() => {
    setLeft(from ?? 0)
    if (!from) return
    const timer = setInterval(() => setLeft((value) => Math.max(0, value - 1)), 1000)
    return () => clearInterval(timer)
  }, [from])
  return left
}
