import { DAMAGES, type Damage } from '../storm/disk/disk.ts';
import { DEATHS, type Death, type Point } from '../storm/till/life.ts';

export const RAILS = ['cash', 'terminal', 'wechat', 'alipay'] as const;
export type RailName = (typeof RAILS)[number];

/** What the host makes of the charge, whatever the till believes; of cash: what the cashier says when she is asked. */
export const TRUTHS = ['approved', 'declined', 'never-arrived', 'approved-late'] as const;
export type Truth = (typeof TRUTHS)[number];

/** Where a page dies: a crash point of docs/reliability.md; K18 is the closing of the day. */
export type CellPoint = Point | 'K18' | 'K19';

/** One way in which one payment is interrupted. */
export interface Cell {
  readonly point: CellPoint;
  readonly rail: RailName;
  readonly truth: Truth;
  readonly death: Death;
  /** K19: what happens to the disk while the till is down. */
  readonly damage?: Damage;
  /** Where the next page dies, while it takes up what the first one left. */
  readonly again?: Point;
}

/** Every cell of these points, less those that cannot be. */
export function cellsOf(
  points: readonly CellPoint[],
  more: { readonly damages?: readonly Damage[]; readonly again?: readonly Point[] } = {},
): readonly Cell[] {
  const { damages = [undefined], again = [undefined] } = more;
  const cells: Cell[] = [];
  for (const point of points)
    for (const rail of RAILS)
      for (const truth of TRUTHS)
        for (const death of DEATHS)
          for (const damage of damages)
            for (const next of again)
              cells.push({
                point,
                rail,
                truth,
                death,
                ...(damage === undefined ? {} : { damage }),
                ...(next === undefined ? {} : { again: next }),
              });
  return cells.filter(isPossible);
}

export { DAMAGES };

/** Points on the line to a host: a terminal has one call and no line of ours, and cash has no host. */
const HOST_POINTS: readonly CellPoint[] = ['K3', 'K4', 'K5', 'K6', 'K7'];
const TERMINAL_POINTS: readonly CellPoint[] = ['K3', 'K5', 'K6'];

function isPossible({ point, rail, truth, death, damage }: Cell): boolean {
  const isPaid = truth === 'approved' || truth === 'approved-late';
  // Of cash nothing can be late, lost or undone.
  if (rail === 'cash' && truth !== 'approved' && truth !== 'declined') return false;
  if (rail === 'cash' && (HOST_POINTS.includes(point) || point === 'K15' || point === 'K16')) return false;
  if (rail === 'terminal' && HOST_POINTS.includes(point) && !TERMINAL_POINTS.includes(point)) return false;
  // A terminal tells the truth when it is asked: only what it never got is undone.
  if (rail === 'terminal' && (point === 'K15' || point === 'K16') && truth !== 'never-arrived') return false;
  // Cash that is in the drawer is booked at once; nobody asks unless a page has died.
  if (rail === 'cash' && truth === 'declined' && ['K8', 'K9', 'K10', 'K11', 'K18'].includes(point))
    return false;
  if ((point === 'K10' || point === 'K11') && !isPaid) return false;
  if (point === 'K11' && rail !== 'cash') return false;
  // A tab that only lost the journal leaves the disk to the other one: nothing is down that could be damaged.
  return damage === undefined || death !== 'second-tab';
}

export const nameOf = (cell: Cell): string => Object.values(cell).join(' ');
