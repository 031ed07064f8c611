import { useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { Message } from '../../ui/message.tsx'
import { PicturePick } from '../../ui/picture-pick.tsx'
import { say } from '../../words/words.ts'
import { type Faults, faultText } from '../declare/faults.ts'

const MOST = 3

const failureKeys = {
  unreadable: 'appeal.pictureFailed',
  too_large: 'appeal.pictureTooLarge',
  denied: 'appeal.pictureDenied',
} as const

interface PicturesFieldProps {
  /** Base64 of JPEG pictures. */
  value: readonly string[]
  onChange: (pictures: string[]) => void
  faults: Faults
}

/** Up to three pictures, small ones to see which is which. */
export const PicturesField = ({ value, onChange, faults }: PicturesFieldProps) => {
  const [failed, setFailed] = useState<keyof typeof failureKeys>()
  return (
    <div className="field">
      <p className="field-label">{say('appeal.pictures')}</p>
      <p className="field-hint small">{say('appeal.picturesHint')}</p>
      {value.map((content, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: pictures have no other name than their place
        <div className="row" key={at} data-testid="appeal-picture">
          <img
            className="appeal-picture"
            src={`data:image/jpeg;base64,${content}`}
            alt={say('appeal.picture', { at: at + 1 })}
          />
          <Button kind="link" onClick={() => onChange(value.filter((_, other) => other !== at))}>
            {say('appeal.removePicture', { at: at + 1 })}
          </Button>
          {faults[`pictures.${at}`] !== undefined && (
            <p className="field-error">⚠ {faultText(faults, `pictures.${at}`)}</p>
          )}
        </div>
      ))}
      {failed && <Message kind="wrong">{say(failureKeys[failed])}</Message>}
      {value.length < MOST && (
        <PicturePick
          label={say('appeal.addPicture')}
          onPick={(picked) => {
            setFailed(picked.ok ? undefined : picked.reason)
            if (picked.ok) onChange([...value, picked.content])
          }}
        />
      )}
    </div>
  )
}
