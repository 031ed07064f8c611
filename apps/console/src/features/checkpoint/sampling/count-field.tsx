interface Props {
  label: string
  digits: number
  value: string
  onChange: (value: string) => void
}

/** What somebody counted in their hand. */
export const CountField = ({ label, digits, value, onChange }: Props) => (
  <label>
    {label}
    <input
      inputMode="numeric"
      maxLength={digits}
      value={value}
      onChange={(event) => onChange(event.target.value)}
    />
  </label>
)
