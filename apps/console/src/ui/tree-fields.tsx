import { useQuery } from '@tanstack/react-query'
import { TreeSelect } from 'antd'
import { useTranslation } from 'react-i18next'
import { useTexts } from '../locales/i18n.ts'
import { divisionsQuery, type TreeOption, toDivisionTree, toKindTree } from './reference-data.ts'

interface Props {
  id?: string
  value?: string | undefined
  onChange?: (value: string | undefined) => void
  placeholder?: string
  allowClear?: boolean
  className?: string
}

const Tree = ({ options, loading, ...props }: Props & { options: TreeOption[]; loading?: boolean }) => (
  <TreeSelect
    {...(props.id ? { id: props.id } : {})}
    {...(props.className ? { className: props.className } : {})}
    {...(props.placeholder ? { placeholder: props.placeholder, 'aria-label': props.placeholder } : {})}
    value={props.value || undefined}
    onChange={(value) => props.onChange?.(value)}
    allowClear={props.allowClear ?? false}
    loading={loading ?? false}
    treeData={options}
    showSearch={{ treeNodeFilterProp: 'title' }}
    treeDefaultExpandAll={options.length < 6}
    popupMatchSelectWidth={260}
    style={{ width: '100%' }}
  />
)

/** Choosing a kind of venue from its tree, by typing or clicking. */
export const KindField = (props: Props) => {
  const { t } = useTranslation()
  return <Tree {...props} options={toKindTree(t)} />
}

/** Choosing a division from its tree. */
export const DivisionField = (props: Props) => {
  const read = useTexts()
  const query = useQuery(divisionsQuery)
  const options = toDivisionTree(query.data?.divisions ?? [], read)
  return <Tree {...props} options={options} loading={query.isPending} />
}
