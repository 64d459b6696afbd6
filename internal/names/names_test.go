package names

import (
	"go/token"
	"strings"
	"testing"
)

func TestExported(t *testing.T) {
	for _, tt := range []struct{ wire, want string }{
		{"pre-order-with-auth", "PreOrderWithAuth"},
		{"out_trade_no", "OutTradeNo"},
		{"sub_merchants", "SubMerchants"},
		{"preOrderWithAuth", "PreOrderWithAuth"},
		{"PreOrderWithAuth", "PreOrderWithAuth"},
		{"payAuthNo", "PayAuthNo"},
		{"setlLatlnt", "SetlLatlnt"},
		{"LONG_TERM_EMPLOYMENT", "LongTermEmployment"},
		{"TRANSACTION.SUCCESS", "TransactionSuccess"},
		{"MCHTRANSFER.QQWALLETBILL.FINISHED", "MchtransferQqwalletbillFinished"},
		{"GetTransactionByOutTradeNo", "GetTransactionByOutTradeNo"},
		{"JSAPI", "JSAPI"},
		{"jsapi", "JSAPI"},
		{"jsapi-with-contract", "JSAPIWithContract"},
		{"JSAPIWithContract", "JSAPIWithContract"},
		{"h5", "H5"},
		{"h5-pre-entrust-sign", "H5PreEntrustSign"},
		{"app", "App"},
		{"openid", "OpenID"},
		{"sub_openid", "SubOpenID"},
		{"openids", "OpenIDs"},
		{"OpenIDs", "OpenIDs"},
		{"image_urls", "ImageURLs"},
		{"ImageURLs", "ImageURLs"},
		{"appid", "AppID"},
		{"app_id", "AppID"},
		{"mchid", "MchID"},
		{"mch_id", "MchID"},
		{"sub_mchid", "SubMchID"},
		{"sp_mchid", "SpMchID"},
		{"unionid", "UnionID"},
		{"id_card_number", "IDCardNumber"},
		{"idcard", "IDCard"},
		{"IDENTIFICATION_TYPE_IDCARD", "IdentificationTypeIDCard"},
		{"notify_url", "NotifyURL"},
		{"qrcode", "QRCode"},
		{"qr_url", "QRURL"},
		{"QRURL", "QRURL"},
		{"imei2", "IMEI2"},
		{"image01_url", "Image01URL"},
		{"sha256", "SHA256"},
		{"reg_3c_code", "Reg3cCode"},
		{"x_id", "Xid"},
		{"Idempotency-Key", "IdempotencyKey"},
		{"Order_Paid", "OrderPaid"},
		{"Under Review", "UnderReview"},
		{"apply4subject", "Apply4subject"},
		{"ideal", "Ideal"},
		{"Id", "ID"},
	} {
		got, err := Exported(tt.wire)
		if err != nil || got != tt.want {
			t.Errorf("Exported(%q) = %q, %v; want %q", tt.wire, got, err, tt.want)
		}
	}
}

func TestExportedErrors(t *testing.T) {
	for _, tt := range []struct{ wire, want string }{
		{"", `"" makes no Go name, for it has neither letters nor digits`},
		{"--", `"--" makes no Go name, for it has neither letters nor digits`},
		{"3c", `"3c" makes no Go name, for it starts with a digit`},
		{"支付", `"支付" makes no Go name, for it holds '支'`},
		{"a b\n", `"a b\n" makes no Go name, for it holds '\n'`},
		{"{id}", `"{id}" makes no Go name, for it holds '{'`},
	} {
		if got, err := Exported(tt.wire); err == nil || err.Error() != tt.want {
			t.Errorf("Exported(%q) = %q, %v; want error %s", tt.wire, got, err, tt.want)
		}
	}
}

func TestUnexported(t *testing.T) {
	for _, tt := range []struct{ wire, want string }{
		{"out_trade_no", "outTradeNo"},
		{"openid", "openID"},
		{"id", "id"},
		{"id_card", "idCard"},
		{"url", "url"},
		{"qr_url", "qrURL"},
		{"appids", "appIDs"},
		{"type", "typeValue"},
		{"len", "lenValue"},
		{"c", "cValue"},
		{"ctx", "ctxValue"},
		{"wxpay", "wxpayValue"},
		{"h5", "h5"},
	} {
		got, err := Unexported(tt.wire)
		if err != nil || got != tt.want {
			t.Errorf("Unexported(%q) = %q, %v; want %q", tt.wire, got, err, tt.want)
		}
	}
}

func TestConstant(t *testing.T) {
	for _, tt := range []struct{ typ, value, want string }{
		{"EmploymentType", "LONG_TERM_EMPLOYMENT", "EmploymentTypeLongTermEmployment"},
		{"EmploymentType", "1", "EmploymentType1"},
		{"Color", "Color010", "ColorColor010"},
		{"TradeType", "JSAPI", "TradeTypeJSAPI"},
		{"Limit", "no_debit", "LimitNoDebit"},
		{"Type", "3D_SECURE", "Type3dSecure"},
	} {
		got, err := Constant(tt.typ, tt.value)
		if err != nil || got != tt.want {
			t.Errorf("Constant(%q, %q) = %q, %v; want %q", tt.typ, tt.value, got, err, tt.want)
		}
	}
	for _, bad := range []string{"", "一级", "+"} {
		if got, err := Constant("T", bad); err == nil {
			t.Errorf("Constant(T, %q) = %q, want an error", bad, got)
		}
	}
}

func TestPackage(t *testing.T) {
	for _, tt := range []struct{ segment, want string }{
		{"payroll-card", "payrollcard"},
		{"mch_operate", "mchoperate"},
		{"apply4sub", "apply4sub"},
		{"import", "importapi"},
		{"context", "contextapi"},
		{"string", "stringapi"},
		{"main", "mainapi"},
		{"init", "initapi"},
		{"internal", "internalapi"},
		{"vendor", "vendorapi"},
		{"testdata", "testdataapi"},
		{"documentation", "documentationapi"},
		{"con", "conapi"},
		{"nul", "nulapi"},
		{"Aux", "auxapi"},
		{"com1", "com1api"},
		{"com10", "com10"},
		{"console", "console"},
	} {
		got, err := Package(tt.segment)
		if err != nil || got != tt.want {
			t.Errorf("Package(%q) = %q, %v; want %q", tt.segment, got, err, tt.want)
		}
	}
}

func FuzzNames(f *testing.F) {
	for _, seed := range []string{"pre-order", "openids", "x_id", "QRURLs", "a1B2", "IDs", "URLsID",
		"3c", "支付", "IDID", "SSSs", "OSs"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, wire string) {
		name, err := Exported(wire)
		if err != nil {
			return
		}
		if !token.IsIdentifier(name) || !token.IsExported(name) {
			t.Fatalf("Exported(%q) = %q, not an exported identifier", wire, name)
		}
		if again, err := Exported(name); err != nil || again != name {
			t.Fatalf("Exported(%q) = %q, then %q, %v", wire, name, again, err)
		}
		if arg, err := Unexported(wire); err != nil || !token.IsIdentifier(arg) ||
			token.IsExported(arg) || taken(arg) {
			t.Fatalf("Unexported(%q) = %q, %v", wire, arg, err)
		}
		if constant, err := Constant("T", wire); err != nil || !token.IsIdentifier(constant) {
			t.Fatalf("Constant(%q) = %q, %v", wire, constant, err)
		}
		if pkg, err := Package(wire); err != nil || !token.IsIdentifier(pkg) ||
			token.IsExported(pkg) || taken(pkg) {
			t.Fatalf("Package(%q) = %q, %v", wire, pkg, err)
		}
	})
}

func TestApart(t *testing.T) {
	for word, want := range map[string]string{"tradebill": "trade bill", "TradeBill": "trade bill",
		"mchtransfer": "mch transfer", "presign": "", "order": ""} {
		if got := strings.Join(Apart(word), " "); got != want {
			t.Errorf("Apart(%q) = %q, want %q", word, got, want)
		}
	}
	for word, want := range map[string]string{"tradebill": "TradeBill",
		"mchtransfer": "Mchtransfer", "presign": "PreSign", "scannedpos": "ScannedPOS"} {
		if got, err := Exported(word); got != want || err != nil {
			t.Errorf("Exported(%q) = %q, %v; want %q", word, got, err, want)
		}
	}
}

// No glued word is in two of the lists, which would take it apart differently.
func TestGluedWordsStandOnce(t *testing.T) {
	all := strings.Split(gluedWords+","+gluedInNewNames+","+gluedVerbs, ",")
	if once := table(strings.Join(all, ",")); len(once) != len(all) {
		t.Errorf("%d words of %d are different", len(once), len(all))
	}
}
