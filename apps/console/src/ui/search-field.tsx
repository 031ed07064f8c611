import { Input } from 'antd'

interface Props {
  /** What was searched for last. */
  value: string | undefined
  /** What can be searched by. */
  hint: string
  onSearch: (text: string) => void
}

/** Searches a list by words; nothing is asked before Enter or the button. */
export const SearchField = ({ value = '', hint, onSearch }: Props) => (
  <Input.Search
    key={value}
    className="filter-wide"
    defaultValue={value}
    placeholder={hint}
    aria-label={hint}
    maxLength={60}
    allowClear
    onSearch={(text) => onSearch(text.trim())}
  />
)
