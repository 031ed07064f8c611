import {
  AlertOutlined,
  ApiOutlined,
  AuditOutlined,
  BankOutlined,
  BookOutlined,
  CarOutlined,
  EnvironmentOutlined,
  ExperimentOutlined,
  EyeOutlined,
  FileSearchOutlined,
  HomeOutlined,
  ImportOutlined,
  MessageOutlined,
  MobileOutlined,
  SafetyCertificateOutlined,
  ScanOutlined,
  TeamOutlined,
  UserSwitchOutlined,
} from '@ant-design/icons'

/** The icons a menu entry can have, by the names that `routes.tsx` uses. */
export const menuIcons = {
  alert: <AlertOutlined />,
  approval: <SafetyCertificateOutlined />,
  audit: <AuditOutlined />,
  bank: <BankOutlined />,
  book: <BookOutlined />,
  car: <CarOutlined />,
  eye: <EyeOutlined />,
  flask: <ExperimentOutlined />,
  file: <FileSearchOutlined />,
  home: <HomeOutlined />,
  import: <ImportOutlined />,
  message: <MessageOutlined />,
  phone: <MobileOutlined />,
  place: <EnvironmentOutlined />,
  plug: <ApiOutlined />,
  scan: <ScanOutlined />,
  team: <TeamOutlined />,
  user: <UserSwitchOutlined />,
} as const

export type MenuIcon = keyof typeof menuIcons
