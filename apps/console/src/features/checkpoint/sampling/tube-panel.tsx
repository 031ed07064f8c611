import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { OpenTube, Sampling, Which } from './use-sampling.ts'

/** The tube in the hand: how many are in it, who was last, undo and seal. */
export const TubePanel = ({ tube, sampling }: { tube: OpenTube; sampling: Sampling }) => {
  const { t } = useTranslation()
  const [sealing, setSealing] = useState(false)
  const isFull = tube.people.length >= tube.capacity
  const last = tube.people.at(-1)
  return (
    <section className="sp-tube" data-testid="tube" data-taken={tube.people.length}>
      <p className="sp-count">
        <b>
          {tube.people.length} / {tube.capacity}
        </b>
        <span>
          {t(`sampling.kinds.${tube.kind}`)} · {tube.barcode}
        </span>
      </p>
      <div className="sp-actions">
        {last && (
          <button
            type="button"
            className="cp-button cp-quiet"
            onClick={() => void sampling.undo(last.id, 'wrong_person')}
          >
            {t('sampling.undoLast', { name: last.nameMasked ?? t('sampling.keptName') })}
          </button>
        )}
        {tube.people.length === 0 && (
          <button type="button" className="cp-button cp-quiet" onClick={sampling.giveUpTube}>
            {t('sampling.otherTube')}
          </button>
        )}
        {tube.people.length > 0 && !sealing && !isFull && (
          <button type="button" className="cp-button" onClick={() => setSealing(true)}>
            {t('sampling.seal')}
          </button>
        )}
      </div>
      {(sealing || isFull) && tube.people.length > 0 && (
        <fieldset className="sp-seal">
          <legend>{t('sampling.countInHand')}</legend>
          {Array.from({ length: tube.capacity }, (_, at) => at + 1).map((count) => (
            <button key={count} type="button" onClick={() => sampling.seal(count)}>
              {count}
            </button>
          ))}
        </fieldset>
      )}
    </section>
  )
}

/** Somebody who is not registered: the document was read, the phone is typed, nothing else. */
export const WriteDown = ({ text, sampling }: { text: string; sampling: Sampling }) => {
  const { t } = useTranslation()
  const [phone, setPhone] = useState('')
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (phone.trim()) sampling.take(text, { phone: phone.trim() })
  }
  return (
    <form className="sp-form" onSubmit={submit}>
      <label>
        {t('sampling.phoneOfUnknown')}
        <input
          type="tel"
          inputMode="tel"
          autoComplete="off"
          maxLength={24}
          value={phone}
          onChange={(event) => setPhone(event.target.value)}
        />
      </label>
      <button type="submit" className="cp-button">
        {t('sampling.writeDown')}
      </button>
    </form>
  )
}

/** A parent's card for a child: which of the family stands here? */
export const WhichPerson = ({ which, sampling }: { which: Which; sampling: Sampling }) => {
  const { t } = useTranslation()
  return (
    <fieldset className="sp-seal" data-testid="which-person">
      <legend>{t('sampling.whichPerson')}</legend>
      {which.others.map(({ memberId, nameMasked }) => (
        <button
          key={memberId}
          type="button"
          onClick={() => sampling.take(which.text, { forMemberId: memberId })}
        >
          {nameMasked}
        </button>
      ))}
    </fieldset>
  )
}

/** A code or a number that no camera reads. */
export const TypedCode = ({ isTube, onText }: { isTube: boolean; onText: (text: string) => void }) => {
  const { t } = useTranslation()
  const [text, setText] = useState('')
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (!text.trim()) return
    onText(text.trim())
    setText('')
  }
  return (
    <form className="sp-form" onSubmit={submit}>
      <label>
        {t(isTube ? 'sampling.typeTube' : 'sampling.typeDocument')}
        <input
          autoComplete="off"
          maxLength={40}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
      </label>
      <button type="submit" className="cp-button">
        {t('sampling.enter')}
      </button>
    </form>
  )
}
