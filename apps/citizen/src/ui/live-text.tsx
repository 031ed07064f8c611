interface LiveTextProps {
  children: string | number
  className?: string
}

/**
 * Words that change while they are looked at, and that no browser may translate: a clock, a countdown, digits. A
 * translator takes the text out of the page and puts one of its own there; renewing the text in its place then changes
 * what nobody sees any more, and the clock stands like one of a screenshot. So it is marked as not to be translated,
 * and each new text is a new element, which appears whatever was done to the one before.
 */
export const LiveText = ({ children, className = '' }: LiveTextProps) => (
  <span className={`notranslate ${className}`.trim()} translate="no">
    <span key={children}>{children}</span>
  </span>
)
