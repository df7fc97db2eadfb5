import type { ErrorCode, ErrorText } from './error-codes.ts';

const say = (title: string, meaning: string, action: string): ErrorText => ({ title, meaning, action });

const refused = (title: string, meaning: string): ErrorText =>
  say(title, meaning, '照常收款，紀錄都留在本機；把代碼告訴維護伺服器的人。');

/** What every coded error means, and what to do. */
export const ZH_TW_ERRORS: Readonly<Record<ErrorCode, ErrorText>> = {
  'print.no-confirmation': say(
    '印表機沒有回話',
    '內容全部送出去了，但這台印表機不會回報結果。',
    '看一下收據：沒有出來，再按補印。',
  ),
  'print.no-printer': say(
    '沒有連接印表機',
    '沒有可用的印表機，什麼也沒有印。',
    '到「裝置」連接印表機，或用電子收據、系統列印。',
  ),
  'print.busy': say('印表機被佔用', '別的程式或視窗正在用這台印表機。', '關掉那個程式或視窗，再印一次。'),
  'print.no-access': say(
    '不能使用印表機',
    '系統自己的驅動程式佔著它，或者沒有給權限。',
    'Windows：把它換成 WinUSB 驅動程式，或用廠商的虛擬序列埠再選「序列埠」。Linux：停用 usblp，並加上說明裡的 udev 規則。然後重新連接並允許。',
  ),
  'print.lost': say(
    '印表機斷線了',
    '印到一半線斷了，或者印表機關掉了。',
    '接好線和電源，看看紙上印到哪裡，再決定要不要補印。',
  ),
  'print.timeout': say(
    '印表機沒有動靜',
    '等了很久它都不收資料。',
    '看看紙、蓋子和電源燈，再決定要不要補印。',
  ),
  'print.protocol': say(
    '印表機答非所問',
    '它回的話不像 ESC/POS 印表機。',
    '看一下收據；換個介面或型號再試。',
  ),
  'print.refused': say('印表機拒絕了', '它聽懂了，但不做。', '看看印表機的指示燈，關機重開後再試。'),
  'print.unsupported': say(
    '這裡不能這樣列印',
    '瀏覽器或這台印表機沒有這個能力。',
    '換用 Chrome 或 Edge，或用系統列印。',
  ),
  'print.not-chosen': say('沒有選印表機', '選擇視窗被關掉了。', '再按一次「連接」，選擇印表機。'),
  'print.paper-end': say('沒有紙了', '紙用完了，收據可能只出來一半。', '換好紙，看看出來多少，再按補印。'),
  'print.cover-open': say('蓋子開著', '蓋子沒關好，列印停住了。', '關好蓋子，看看出來多少，再按補印。'),

  'storage.quota': say(
    '儲存空間滿了',
    '瀏覽器不再給這台收銀台空間。',
    '刪掉不用的檔案和網站資料（不要刪小機的），再重新開啟。',
  ),
  'storage.disk': say(
    '寫不進磁碟',
    '裝置的儲存出錯了。',
    '先連上網路讓紀錄上傳，再重新啟動裝置；還不行就換一台裝置加入本店。',
  ),
  'storage.blocked': say(
    '資料庫被佔住了',
    '另一個視窗開著舊版本，或瀏覽器正在忙。',
    '關掉所有小機的視窗，再開啟一個。',
  ),
  'storage.damaged': say(
    '本機的流水帳損壞了',
    '兩份都讀不完整，不能證明沒有缺。',
    '不要清除資料；連上網路後重新開啟，會從伺服器補回。',
  ),
  'storage.unsupported': say(
    '這個瀏覽器存不住帳',
    '它沒有可靠儲存（可能是無痕視窗）。',
    '用一般視窗，或換 Chrome、Edge、Safari 的新版本。',
  ),
  'storage.lost-lock': say(
    '記帳權被別的視窗接手了',
    '另一個視窗成了記帳的那個。',
    '到那個視窗繼續，或關掉它再回來。',
  ),
  'storage.too-large': say('這一單太大了', '一單的明細超過了一筆紀錄能裝下的量。', '分成兩單收。'),

  'server.malformed-json': refused('伺服器看不懂', '發出的內容在路上壞了，或版本不合。'),
  'server.malformed-body': refused('伺服器看不懂', '發出的內容不合格式。'),
  'server.unsupported-contract': say(
    '版本太舊',
    '伺服器已不支援這個版本的小機。',
    '做完手上的單，更新小機；紀錄會接著上傳。',
  ),
  'server.proof-invalid': say(
    '金鑰沒有通過驗證',
    '伺服器不承認這台裝置的簽章。',
    '重新開通；還不行就換一個代碼。',
  ),
  'server.unauthorised': say('伺服器要重新認證', '通行證過期了。', '等一下會自動重來。'),
  'server.forbidden': refused('伺服器不允許', '這台收銀台沒有這項權限。'),
  'server.not-found': refused('伺服器沒有這個網址', '伺服器的版本或網址不對。'),
  'server.method-not-allowed': refused('伺服器不接受這種要求', '伺服器的版本不對。'),
  'server.too-large': refused('一次上傳太大', '伺服器不收這麼大的一批。'),
  'server.hash-mismatch': refused('有一筆紀錄對不上', '一筆紀錄的內容和它的指紋不符，已單獨保管。'),
  'server.signature-invalid': refused('有一筆紀錄的簽章不對', '伺服器認不出這筆紀錄的簽章，已單獨保管。'),
  'server.unknown-key': say(
    '伺服器不認識這台收銀台的金鑰',
    '伺服器換過，或這台收銀台沒有登記。',
    '在後台為這台收銀台更換金鑰；紀錄都留在本機。',
  ),
  'server.broken-chain': refused('流水帳接不上', '伺服器手裡的最後一筆和本機的不連。'),
  'server.sequence-gap': say('流水號不連續', '伺服器少了中間的幾筆。', '會自動從缺的地方補傳，不用做什麼。'),
  'server.fork': refused('同一個流水號有兩筆紀錄', '可能有人複製了這台裝置的資料。已停止上傳，兩份都保留。'),
  'server.training-entry': refused('訓練紀錄不該上傳', '伺服器拒絕了一筆訓練紀錄，它不計數。'),
  'server.entry-invalid': refused('有一筆紀錄不合規則', '伺服器看不懂其中一筆，已單獨保管，其餘照常。'),
  'server.till-revoked': say('這台收銀台已停用', '後台停用了它。', '問店主；本機的紀錄一筆不少。'),
  'server.attempt-conflict': say(
    '編號被別的付款用了',
    '伺服器上同一個編號是另一筆付款，這一筆沒有結果。',
    '先別再收，等小機查清楚，或請店長處理。',
  ),
  'server.attempt-tombstoned': say('這一筆已經作廢', '它先被撤銷了，伺服器不會再收它。', '換一種方式收款。'),
  'server.rail-unavailable': say(
    '店裡沒有開通',
    '伺服器沒有這種收款方式的金鑰。',
    '換一種方式；請管後台的人開通。',
  ),
  'server.original-unknown': say(
    '找不到原來那一筆',
    '伺服器上沒有要退或要完成的那一筆。',
    '請店長用現金退，並告訴管後台的人。',
  ),
  'server.amount-beyond-original': say('比原來那一筆多', '退的或完成的超過了原來的金額。', '改小金額。'),
  'server.callback-refused': say(
    '通知沒有通過驗證',
    '一筆入帳通知的簽章不對，沒有被採用。',
    '不用做什麼，小機會自己查。',
  ),
  'server.too-many-requests': say('伺服器太忙', '要求太頻繁了。', '等一下會自動再傳。'),
  'server.internal': say('伺服器出錯了', '伺服器自己出了問題。', '照常收款，會自動再傳。'),
  'server.unavailable': say('伺服器暫停服務', '可能正在維護。', '照常收款，會自動再傳。'),

  'flow.server-unreachable': say(
    '連不上伺服器',
    '這一步要連上網路，現在沒有回應。',
    '看看網路和伺服器，再試一次。',
  ),
  'flow.code-unknown': say('代碼不對', '伺服器沒有這個代碼。', '對照著再輸入一次；字母 O 其實是數字 0。'),
  'flow.code-spent': say('代碼用過了', '一個代碼只能開通一台收銀台，過期也會失效。', '到後台再要一個。'),
  'flow.name-required': say('還沒有名字', '名字會印在收據上，不能空著。', '寫上名字再繼續。'),
  'flow.pin-weak': say('這個 PIN 太好猜', '像 123456、000000、生日這類的一猜就中。', '換一個沒有規律的。'),
  'flow.pin-format': say('PIN 要六位數字', 'PIN 只能是 6 個數字。', '再輸入一次。'),
  'flow.pin-mismatch': say('兩次不一樣', '兩次輸入的 PIN 不同。', '從頭再輸入兩次。'),
  'flow.pin-taken': say('這個 PIN 有人用了', 'PIN 用來認人，不能相同。', '換一個。'),
  'flow.no-journal': say(
    '流水帳沒有開啟',
    '現在記不了帳，所以不收款。',
    '重新開啟小機；還不行就看「機器狀態」。',
  ),
  'flow.not-writer': say('別的視窗在記帳', '同一台裝置只有一個視窗能記帳。', '到那個視窗收款，或關掉它。'),
  'flow.not-enrolled': say('這台收銀台還沒有開通', '它還不屬於任何店。', '先開店，或用代碼加入。'),
  'flow.invalid-entry': say('這一筆不合規則', '金額或明細通不過檢查，沒有記下。', '返回改單，重新輸入。'),
  'flow.too-little': say('收得不夠', '實收比應收少。', '補足再確認。'),
  'flow.page-not-loaded': say('這一頁沒有開啟', '網路斷著，而這一頁還沒有存到本機。', '連上網路後重新開啟。'),
  'flow.unexpected': say(
    '出了沒料到的事',
    '小機遇到了不認識的情況。',
    '看一下訂單裡有沒有這一筆，再決定要不要重來。',
  ),
};
