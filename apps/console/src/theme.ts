import type { ThemeConfig } from 'antd'

/** antd values of the console. Colours that antd has no token for are CSS variables in `base.css`. */
export const theme: ThemeConfig = {
  hashed: false,
  token: {
    colorPrimary: '#C43E0C',
    colorLink: '#C43E0C',
    colorLinkHover: '#A83409',
    colorSuccess: '#1B8A4B',
    colorWarning: '#B26A00',
    colorError: '#B3152A',
    colorInfo: '#2E5E7E',
    colorText: '#1F1B16',
    colorTextSecondary: '#6B645C',
    colorTextTertiary: '#756D65',
    colorTextPlaceholder: '#756D65',
    colorTextDescription: '#6B645C',
    colorBgLayout: '#F7F5F2',
    colorBgContainer: '#FFFFFF',
    colorFillAlter: '#FAF8F5',
    colorFillSecondary: '#F1EDE7',
    colorFillTertiary: '#F5F1EC',
    colorBorder: '#D9D2C9',
    colorBorderSecondary: '#ECE7E1',
    colorSplit: '#F3EFEA',
    fontFamily:
      '-apple-system, BlinkMacSystemFont, "Segoe UI", "PingFang SC", "Hiragino Sans GB", "Microsoft YaHei", "Noto Sans SC", "Noto Sans CJK SC", sans-serif',
    fontSize: 14,
    borderRadius: 8,
    borderRadiusLG: 12,
    borderRadiusSM: 6,
    borderRadiusXS: 4,
    controlHeight: 32,
    controlHeightSM: 28,
    controlHeightLG: 40,
    motionDurationFast: '0.1s',
    motionDurationMid: '0.15s',
    motionDurationSlow: '0.2s',
    // Pop-overs, drawers and the import tray: the only things that lift.
    boxShadowSecondary: '0 12px 36px rgba(60,40,15,.18), 0 0 0 1px rgba(70,50,25,.09)',
  },
  components: {
    Table: {
      headerBg: '#FAF8F5',
      headerColor: '#6B645C',
      headerSplitColor: 'transparent',
      headerBorderRadius: 0,
      rowHoverBg: '#FCFAF7',
      rowSelectedBg: '#FEF7F2',
      rowSelectedHoverBg: '#FDF1E9',
      borderColor: '#F3EFEA',
      cellPaddingBlockMD: 8,
      cellPaddingInlineMD: 10,
      cellPaddingBlockSM: 6,
      cellPaddingInlineSM: 10,
    },
    Button: { primaryShadow: 'none', defaultShadow: 'none', fontWeight: 500, paddingInline: 14 },
    Input: { activeShadow: '0 0 0 3px rgba(196,62,12,.14)' },
    // Not in the design's table: the track must show on the page colour too.
    Segmented: { trackBg: '#EDE7DF' },
    Switch: { colorPrimary: '#1B8A4B', colorPrimaryHover: '#14713C' },
  },
}

/** The theme for people who asked their system for less motion. */
export const stillTheme: ThemeConfig = { ...theme, token: { ...theme.token, motion: false } }

/** The same theme with the taller fields used inside forms. */
export const formTheme: ThemeConfig = { token: { controlHeight: 36 } }

/** Series colours in order; the smallest pairwise difference holds for colour-blind readers too. */
export const chartInk = {
  now: '#E8541E',
  before: '#E4DCD1',
  navy: '#24577F',
  gold: '#EAC15C',
  axis: '#6B645C',
  hair: '#F0EBE5',
} as const
