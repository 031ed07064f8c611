import './door-banner.css'

interface Props {
  testId: string
  title: string
  text: string
  close: string
  onClose: () => void
}

/** Over everything else, until somebody has read it: what a door has to know now. */
export const DoorBanner = ({ testId, title, text, close, onClose }: Props) => (
  <section role="alert" className="cp-banner" data-testid={testId}>
    <strong>{title}</strong>
    <p>{text}</p>
    <button type="button" onClick={onClose}>
      {close}
    </button>
  </section>
)
