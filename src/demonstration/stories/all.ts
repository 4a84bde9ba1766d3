import { cardPayments } from './card-payments';
import { kitchenScreens, network, shiftPlanner, telephony } from './delivery-points';
import { expenses, mail, supplierInvoices, workplace } from './offices';
import { deliveryRouting, menuDesigner, orderingWebsite } from './ordering';
import { buildingAccess, contractsAndLeave, payroll, repairs } from './people-and-houses';
import type { Stories } from './story';

/** What happens on every service, in a fixed order. */
export const allStories: readonly Stories[] = [
  cardPayments,
  orderingWebsite,
  menuDesigner,
  telephony,
  kitchenScreens,
  deliveryRouting,
  shiftPlanner,
  network,
  workplace,
  mail,
  payroll,
  contractsAndLeave,
  expenses,
  supplierInvoices,
  buildingAccess,
  repairs,
];
