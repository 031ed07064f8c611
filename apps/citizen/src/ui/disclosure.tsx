import { useState } from 'react'

/** A question that opens its answer. */
export const Disclosure = ({ title, text }: { title: string; text: string }) => {
  const [open, setOpen] = useState(false)
  return (
    <div className="more">
      <button type="button" className="more-title" aria-expanded={open} onClick={() => setOpen(!open)}>
        <span className="more-mark" aria-hidden="true">
          {open ? '−' : '＋'}
        </span>
        {title}
      </button>
      {open && <p className="more-text">{text}</p>}
    </div>
  )
}
