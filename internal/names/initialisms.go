package names

// initialisms maps words to their Go spelling, if that has not just one capital. They are the words
// of WeChat Pay, alone or glued to others.
var initialisms = map[string][]string{
	"api": {"API"}, "apis": {"APIs"}, "bic": {"BIC"}, "cny": {"CNY"}, "csv": {"CSV"},
	"docx": {"DOCX"}, "faq": {"FAQ"}, "faqs": {"FAQs"}, "gcm": {"GCM"},
	"gpc": {"GPC"}, "gps": {"GPS"}, "h5": {"H5"}, "hkd": {"HKD"}, "html": {"HTML"},
	"http": {"HTTP"}, "https": {"HTTPS"},
	"id": {"ID"}, "ids": {"IDs"}, "imei": {"IMEI"}, "ios": {"IOS"}, "ip": {"IP"}, "ips": {"IPs"},
	"jpeg": {"JPEG"}, "jpg": {"JPG"}, "jsapi": {"JSAPI"},
	"json": {"JSON"}, "mac": {"MAC"}, "mcc": {"MCC"}, "md5": {"MD5"}, "nfc": {"NFC"},
	"ofd": {"OFD"}, "os": {"OS"}, "p2p": {"P2P"},
	"pc": {"PC"}, "pdf": {"PDF"}, "png": {"PNG"}, "poi": {"POI"}, "pos": {"POS"}, "qq": {"QQ"},
	"qr": {"QR"}, "rsa": {"RSA"},
	"sdk": {"SDK"}, "sha": {"SHA"}, "sha1": {"SHA1"}, "sha256": {"SHA256"}, "sid": {"SID"},
	"sku": {"SKU"}, "skus": {"SKUs"}, "sm3": {"SM3"},
	"sms": {"SMS"}, "sn": {"SN"}, "ssn": {"SSN"}, "tid": {"TID"}, "ubo": {"UBO"}, "uid": {"UID"},
	"uri": {"URI"},
	"url": {"URL"}, "urls": {"URLs"}, "usd": {"USD"}, "utc": {"UTC"}, "uuid": {"UUID"},
	"vat": {"VAT"}, "vip": {"VIP"}, "xml": {"XML"},

	"appid": {"App", "ID"}, "appids": {"App", "IDs"}, "brandid": {"Brand", "ID"},
	"cardid": {"Card", "ID"}, "corpid": {"Corp", "ID"},
	"idcard": {"ID", "Card"}, "mchid": {"Mch", "ID"}, "mchids": {"Mch", "IDs"},
	"openid": {"Open", "ID"}, "openids": {"Open", "IDs"},
	"orderid": {"Order", "ID"}, "qrcode": {"QR", "Code"}, "unionid": {"Union", "ID"},
	"userid": {"User", "ID"}, "wxid": {"Wx", "ID"},
}
