package page

import "testing"

func TestSaysSealed(t *testing.T) {
	for text, want := range map[string][2]bool{
		"该字段需使用微信支付公钥加密传输。":         {true, false},
		"1、此字段需要加密,加密方法详见:敏感信息加密说明": {true, false},
		"敏感信息加密":                                     {true, false},
		"需解密后使用":                                     {true, false},
		"The field is encrypted with the public key": {true, false},
		"该字段无需加密":                                    {false, false},
		"不加密":                                        {false, false},
		"加密算法类型":                                     {false, false},
		"加密使用的随机串":                                   {false, false},
		"商户单号":                                       {false, false},
		"密文":                                         {false, true},
	} {
		sealed, unsure := saysSealed(text)
		if [2]bool{sealed, unsure} != want {
			t.Errorf("%s: sealed %v, unsure %v", text, sealed, unsure)
		}
	}
}

// A copy without any mention of encryption still gets questions about personal data, if the
// description does not know the name.
func TestPersonal(t *testing.T) {
	const text = "查询\n请求参数类型描述\nqueryobject声明请求的查询参数\nout_nostring单号\nguardian_phonestring监护人手机\n" +
		"php\n$instance->chain('v3/a/b')->get(['query' => ['out_no' => '1', 'guardian_phone' => " +
		"'2']]);\n返回字典类型描述\nidstring编号\n"
	pages, faults := Parse("a.txt", []byte(text), nil)
	if len(faults) > 0 {
		t.Fatal(faults)
	}
	query := pages[0].Operations[0].Query
	if query[0].Doubt != "" || query[1].Doubt != "encrypted?" {
		t.Errorf("out_no is asked %q, guardian_phone %q", query[0].Doubt, query[1].Doubt)
	}
}
