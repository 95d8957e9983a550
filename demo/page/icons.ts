/** The few icons that the card uses, drawn by ourselves on a 24 × 24 grid: strokes two wide, or filled where `fill` says so. */
interface Glyph {
  readonly stroke?: string
  readonly fill?: string
}

const ring = 'M12 3a9 9 0 1 1 0 18 9 9 0 0 1 0-18z'
const disc = 'M12 2a10 10 0 1 1 0 20 10 10 0 0 1 0-20z'

export const icons: Readonly<Record<string, Glyph>> = {
  'mdi:check': { stroke: 'M5 12.5l4.5 4.5L19 7.5' },
  'mdi:check-bold': { stroke: 'M4.5 12.5l5 5L20 7M4.5 13.5l5 5L20 8' },
  'mdi:check-circle': { fill: `${disc}M6.3 12.6l1.4-1.4 2.9 2.9 5.7-5.7 1.4 1.4-7.1 7.1z` },
  'mdi:close-circle': {
    fill: `${disc}M7.4 8.8l1.4-1.4 3.2 3.2 3.2-3.2 1.4 1.4-3.2 3.2 3.2 3.2-1.4 1.4-3.2-3.2-3.2 3.2-1.4-1.4 3.2-3.2z`,
  },
  'mdi:alert': { fill: 'M12 2.5L1.5 21h21zM11 9h2v6h-2zM11 16.6h2v2h-2z' },
  'mdi:alert-octagon': { fill: 'M8 2.5h8L21.5 8v8L16 21.5H8L2.5 16V8zM11 6.5h2v7h-2zM11 15.5h2v2h-2z' },
  'mdi:information-outline': { stroke: `${ring}M12 11v6M12 7v1.5` },
  'mdi:account-clock': {
    stroke: 'M9 4a3.5 3.5 0 1 1 0 7 3.5 3.5 0 0 1 0-7zM2.5 20c0-4 3-6 6.5-6M17 12.5a4.5 4.5 0 1 1 0 9 4.5 4.5 0 0 1 0-9zM17 14.8V17l1.5 1',
  },
  'mdi:cancel': { stroke: `${ring}M5.8 5.8l12.4 12.4` },
  'mdi:progress-upload': { stroke: 'M12 3a9 9 0 1 1-8.4 5.8M5.2 6a9 9 0 0 1 2.6-2M12 17V8.5M8.5 11.5L12 8l3.5 3.5' },
  'mdi:package-up': { stroke: 'M4 7.5l8-4 8 4v9l-8 4-8-4zM12 16.5V10.5M9.2 12.8L12 10l2.8 2.8' },
  'mdi:server': { stroke: 'M4 4h16v6H4zM4 14h16v6H4zM7.5 7h.5M7.5 17h.5M12 7h5M12 17h5' },
}
