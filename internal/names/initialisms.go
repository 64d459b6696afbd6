package names

import "strings"

// initialisms are the words that Go does not spell with one capital. The words are those that
// WeChat Pay uses, alone or glued to another word.
var initialisms = map[string][]string{
	"api": {"API"}, "apis": {"APIs"}, "bic": {"BIC"}, "cny": {"CNY"}, "csv": {"CSV"}, "docx": {"DOCX"}, "faq": {"FAQ"}, "faqs": {"FAQs"}, "gcm": {"GCM"},
	"gpc": {"GPC"}, "gps": {"GPS"}, "h5": {"H5"}, "hkd": {"HKD"}, "html": {"HTML"}, "http": {"HTTP"}, "https": {"HTTPS"},
	"id": {"ID"}, "ids": {"IDs"}, "imei": {"IMEI"}, "ios": {"IOS"}, "ip": {"IP"}, "ips": {"IPs"}, "jpeg": {"JPEG"}, "jpg": {"JPG"}, "jsapi": {"JSAPI"},
	"json": {"JSON"}, "mac": {"MAC"}, "mcc": {"MCC"}, "md5": {"MD5"}, "nfc": {"NFC"}, "ofd": {"OFD"}, "os": {"OS"}, "p2p": {"P2P"},
	"pc": {"PC"}, "pdf": {"PDF"}, "png": {"PNG"}, "poi": {"POI"}, "pos": {"POS"}, "qq": {"QQ"}, "qr": {"QR"}, "rsa": {"RSA"},
	"sdk": {"SDK"}, "sha": {"SHA"}, "sha1": {"SHA1"}, "sha256": {"SHA256"}, "sid": {"SID"}, "sku": {"SKU"}, "skus": {"SKUs"}, "sm3": {"SM3"},
	"sms": {"SMS"}, "sn": {"SN"}, "ssn": {"SSN"}, "tid": {"TID"}, "ubo": {"UBO"}, "uid": {"UID"}, "uri": {"URI"},
	"url": {"URL"}, "urls": {"URLs"}, "usd": {"USD"}, "utc": {"UTC"}, "uuid": {"UUID"}, "vat": {"VAT"}, "vip": {"VIP"}, "xml": {"XML"},

	"appid": {"App", "ID"}, "appids": {"App", "IDs"}, "brandid": {"Brand", "ID"}, "cardid": {"Card", "ID"}, "corpid": {"Corp", "ID"},
	"idcard": {"ID", "Card"}, "mchid": {"Mch", "ID"}, "mchids": {"Mch", "IDs"}, "openid": {"Open", "ID"}, "openids": {"Open", "IDs"},
	"orderid": {"Order", "ID"}, "qrcode": {"QR", "Code"}, "unionid": {"Union", "ID"}, "userid": {"User", "ID"}, "wxid": {"Wx", "ID"},
}

// glued are the words that WeChat Pay's paths run together, tradebill for TradeBill. Only a word as a whole counts.
var glued = map[string][]string{
	"acquiringbank": {"Acquiring", "Bank"}, "authcode": {"Auth", "Code"}, "authinfo": {"Auth", "Info"},
	"billdownload": {"Bill", "Download"}, "bindrecipient": {"Bind", "Recipient"}, "brandstores": {"Brand", "Stores"},
	"busifavor": {"Busi", "Favor"}, "businesscircle": {"Business", "Circle"},
	"changecustompagestatus": {"Change", "Custom", "Page", "Status"},
	"changegoldplanstatus":   {"Change", "Gold", "Plan", "Status"}, "codepay": {"Code", "Pay"},
	"couponcodes": {"Coupon", "Codes"}, "customentrances": {"Custom", "Entrances"},
	"dayendbalance": {"Day", "End", "Balance"}, "eduschoolpay": {"Edu", "School", "Pay"}, "elecsign": {"Elec", "Sign"},
	"elecvoucherfile": {"Elec", "Voucher", "File"}, "enddaybalance": {"End", "Day", "Balance"},
	"facemch": {"Face", "Mch"}, "fapiaomerchant": {"Fapiao", "Merchant"}, "fundflowbill": {"Fund", "Flow", "Bill"},
	"getspinviteurl": {"Get", "Sp", "Invite", "URL"}, "goldplan": {"Gold", "Plan"},
	"inspolicymgr": {"Ins", "Policy", "Mgr"}, "listspinvitemchinfo": {"List", "Sp", "Invite", "Mch", "Info"},
	"lovefeast": {"Love", "Feast"}, "mchalterapply": {"Mch", "Alter", "Apply"},
	"mchcontactalterapplyment": {"Mch", "Contact", "Alter", "Applyment"},
	"mchsubjectalterapplyment": {"Mch", "Subject", "Alter", "Applyment"},
	"membercard":               {"Member", "Card"}, "membercardsp": {"Member", "Card", "Sp"},
	"merchantfund": {"Merchant", "Fund"}, "merchantnamealterapplyment": {"Merchant", "Name", "Alter", "Applyment"},
	"merchantshoppingreceiptjumpinfos": {"Merchant", "Shopping", "Receipt", "Jump", "Infos"},
	"miniprogram":                      {"Mini", "Program"}, "offlineface": {"Offline", "Face"},
	"offlinefacemch": {"Offline", "Face", "Mch"}, "palmservice": {"Palm", "Service"}, "payafter": {"Pay", "After"},
	"paygiftactivity": {"Pay", "Gift", "Activity"}, "payscore": {"Pay", "Score"},
	"pendingmessage": {"Pending", "Message"}, "phonenumber": {"Phone", "Number"}, "platsolution": {"Plat", "Solution"},
	"preopen": {"Pre", "Open"}, "prepaidmessage": {"Prepaid", "Message"}, "presign": {"Pre", "Sign"},
	"profitsharing": {"Profit", "Sharing"}, "redpacket": {"Red", "Packet"},
	"registerdeductinfo": {"Register", "Deduct", "Info"}, "returnorders": {"Return", "Orders"},
	"scannedpos": {"Scanned", "POS"}, "serviceorder": {"Service", "Order"},
	"servicepayondeliveryorder": {"Service", "Pay", "On", "Delivery", "Order"}, "servicequotas": {"Service", "Quotas"},
	"shoppingreceipts": {"Shopping", "Receipts"}, "signfile": {"Sign", "File"}, "smartguide": {"Smart", "Guide"},
	"smartretail": {"Smart", "Retail"}, "speakerorder": {"Speaker", "Order"}, "tradebill": {"Trade", "Bill"},
	"transferdownload": {"Transfer", "Download"}, "unbindrecipient": {"Unbind", "Recipient"},
}

// initialism looks a lower-case word up, with any digits behind it left out: imei2 is IMEI2. The result is nil if the
// table does not have it.
func initialism(word string) []string {
	if pieces, ok := initialisms[word]; ok {
		return pieces
	}
	if pieces, ok := glued[word]; ok {
		return pieces
	}
	stem := strings.TrimRight(word, "0123456789")
	pieces, ok := initialisms[stem]
	if !ok || stem == word {
		return nil
	}
	last := len(pieces) - 1
	return append(pieces[:last:last], pieces[last]+word[len(stem):])
}
