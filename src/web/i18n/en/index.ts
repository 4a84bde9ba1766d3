import account from './account.json';
import admin from './admin.json';
import alerts from './alerts.json';
import around from './around.json';
import causes from './causes.json';
import desk from './desk.json';
import direction from './direction.json';
import house from './house.json';
import incident from './incident.json';
import kit from './kit.json';
import levels from './levels.json';
import notices from './notices.json';
import portal from './portal.json';
import print from './print.json';
import records from './records.json';
import rules from './rules.json';
import shell from './shell.json';
import terms from './terms.json';
import told from './told.json';
import words from './words.json';

export default {
  account,
  admin,
  alerts,
  desk,
  kit,
  shell,
  words,
  records,
  incident,
  portal,
  levels,
  direction,
  house,
  terms,
  told,
  around,
  causes,
  rules,
  notices,
  print,
};
