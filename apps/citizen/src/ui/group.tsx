import type { ReactNode } from 'react'

interface GroupProps {
  label: string
  children: ReactNode
  className?: string
  /** Id of what describes the whole group. */
  describedBy?: string | undefined
}

/** Fields that answer one question, under its words. A fieldset's legend is drawn by no mini program. */
export const Group = ({ label, children, className = '', describedBy }: GroupProps) => (
  // biome-ignore lint/a11y/useSemanticElements: see above
  <div role="group" aria-label={label} aria-describedby={describedBy} className={`field ${className}`.trim()}>
    <p className="field-label" aria-hidden="true">
      {label}
    </p>
    {children}
  </div>
)
