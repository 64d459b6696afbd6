package diff

import (
	"strings"
	"testing"
)

// kinds are further changes, each with its effect on the wire and in Go.
var kinds = []seed{
	{"a parameter of another name", "name: mode, in: query", "name: modus, in: query",
		[]string{"breaking wire POST /v3/coin/mint: ", "breaking go v3/coin: "}},
	{"a parameter moves to the header", "name: mode, in: query", "name: mode, in: header",
		[]string{"breaking wire POST /v3/coin/mint: "}},
	{"a value of a reply is gone", "enum: [DONE, FAILED]", "enum: [DONE]",
		[]string{"breaking go v3/coin: MintResponseStateFailed: removed"}},
	{"a value of a parameter is gone", "enum: [FAST, SLOW]", "enum: [FAST]",
		[]string{"breaking wire POST /v3/coin/mint: "}},
	{"a value of a parameter is new", "enum: [FAST, SLOW]", "enum: [FAST, SLOW, NEVER]",
		[]string{"additive wire POST /v3/coin/mint: "}},
	{"an enum where there was any text", "currency: {type: string}",
		"currency: {type: string, enum: [CNY]}",
		[]string{"breaking wire POST /v3/coin/mint: "}},
	{"any text where there was an enum", "enum: [RED, BLUE]", "description: any",
		[]string{"additive wire POST /v3/coin/mint: ", "breaking go v3/coin: Kind: removed"}},
	{"a least length", "out_no: {type: string,", "out_no: {type: string, minLength: 6,",
		[]string{"breaking wire POST /v3/coin/mint: "}},
	{"a limit where there was none in a request", "currency: {type: string}",
		"currency: {type: string, maxLength: 3}",
		[]string{"breaking wire POST /v3/coin/mint: "}},
	{"no limit any more", "out_no: {type: string, maxLength: 32}", "out_no: {type: string}",
		[]string{"additive wire POST /v3/coin/mint: "}},
	{"a lower limit of a parameter", "maximum: 100", "maximum: 50",
		[]string{"breaking wire POST /v3/coin/mint: "}},
	{"a higher limit of a parameter", "maximum: 100", "maximum: 500",
		[]string{"additive wire POST /v3/coin/mint: "}},
	{"a pattern", "out_no: {type: string,", "out_no: {type: string, pattern: \"^[0-9]*$\",",
		[]string{"breaking wire POST /v3/coin/mint: "}},
	{"a required field of a reply may be missing", "required: [coin_id, state]",
		"required: [coin_id]",
		[]string{"breaking wire POST /v3/coin/mint: "}},
	{"an optional field of a reply is always there", "required: [coin_id, state]",
		"required: [coin_id, state, holder]",
		[]string{"additive wire POST /v3/coin/mint: "}},
	{"a format of a request", "out_no: {type: string, maxLength: 32}",
		"out_no: {type: string, format: date-time}",
		[]string{"breaking wire POST /v3/coin/mint: ", "breaking go v3/coin: "}},
	{"a format of a reply", "holder: {type: string}", "holder: {type: string, format: date-time}",
		[]string{"breaking go v3/coin: MintResponse.Holder: changed from string"}},
	{"an encrypted reply", "holder: {type: string}",
		"holder: {type: string, x-wxpay-sensitive: true}",
		[]string{"breaking wire POST /v3/coin/mint: holder", "breaking go v3/coin: "}},
	{"an example", "out_no: {type: string,", "out_no: {type: string, example: a,", nil},
	{"a description", "holder: {type: string}", "holder: {type: string, description: 持有人}", nil},
	{"a choice becomes exactly one", "anyOf: [{required: [remark]}, {required: [kind]}]",
		"oneOf: [{required: [remark]}, {required: [kind]}]",
		[]string{"breaking wire POST /v3/coin/mint: "}},
	{"one more to choose from", "{required: [kind]}]", "{required: [kind]}, {required: [goods]}]",
		[]string{"additive wire POST /v3/coin/mint: "}},
	{"one less to choose from", "anyOf: [{required: [remark]}, {required: [kind]}]",
		"anyOf: [{required: [remark]}, {required: [kind, goods]}]",
		[]string{"breaking wire POST /v3/coin/mint: "}},
	{"another status", "\"200\":\n          description: OK", "\"202\":\n          description: OK",
		[]string{"breaking wire POST /v3/coin/mint: "}},
	{"no content any more", "\"200\": {description: OK, content: {application/json: {schema: " +
		"{type: object, properties: {amount: {$ref: \"#/components/schemas/Held\"}}}}}}",
		"\"204\": {description: OK}",
		[]string{"breaking wire GET /v3/coin/coins/{coin_id}: ", "breaking go v3/coin: "}},
	{"other roles", "[merchant, partner]", "[brand]",
		[]string{"breaking wire POST /v3/coin/mint: a merchant may not call it any more",
			"additive wire POST /v3/coin/mint: a brand"}},
	{"a list where there was one", "currency: {type: string}",
		"currency: {type: array, items: {type: string}}",
		[]string{"breaking wire POST /v3/coin/mint: ", "breaking go v3/coin: "}},
	{"an object where there was a list", "goods: {type: array, maxItems: 10, items: {type: " +
		"object, required: [id], properties: {id: {type: string}, price: {type: integer}}}}",
		"goods: {type: object, required: [id], properties: {id: {type: string}, price: {type: " +
			"integer}}}",
		[]string{"breaking wire POST /v3/coin/mint: ", "breaking go v3/coin: "}},
	{"a text where there was a number", "price: {type: integer}", "price: {type: string}",
		[]string{"breaking wire POST /v3/coin/mint: ", "breaking go v3/coin: "}},
	{"a number where there was a whole one, in a reply",
		"Held: {type: object, properties: {total: {type: integer}}}",
		"Held: {type: object, properties: {total: {type: number}}}",
		[]string{"breaking wire GET /v3/coin/coins/{coin_id}: ", "breaking go v3/coin: "}},
	{"the same shape without a name", "amount: {$ref: \"#/components/schemas/Amount\"}",
		"amount: {type: object, required: [total], properties: {total: {type: integer, minimum: " +
			"1}, currency: {type: string}}}",
		[]string{"breaking go v3/coin: "}},
	{"another method", "    delete:\n      operationId: DeleteCoin",
		"    put:\n      operationId: DeleteCoin",
		[]string{"breaking wire DELETE /v3/coin/coins/{coin_id}: it is gone",
			"additive wire PUT /v3/coin/coins/{coin_id}: it is new", "breaking go v3/coin: "}},
	{"a signature where there was none", "x-wxpay-unsigned: false",
		"x-wxpay-unsigned: false # the same", nil},
	{"safe to repeat", "operationId: DeleteCoin\n",
		"operationId: DeleteCoin\n      x-wxpay-idempotent: true\n",
		[]string{"additive wire DELETE /v3/coin/coins/{coin_id}: "}},
	{"a default", "currency: {type: string}", "currency: {type: string, default: CNY}", nil},
	{"a required field in an item of a list", "required: [id], properties: {id: {type: " +
		"string}, price", "required: [id, price], properties: {id: {type: string}, price",
		[]string{"breaking wire POST /v3/coin/mint: "}},
	{"a field of a notification becomes a number", "properties: {id: {type: string}, state",
		"properties: {id: {type: integer}, state",
		[]string{"breaking wire COIN.MINTED: ", "breaking go webhook: "}},
	{"a field of a notification may be missing",
		"schema: {type: object, required: [id], properties", "schema: {type: object, properties",
		[]string{"breaking wire COIN.MINTED: "}},
	{"an encrypted field of a notification", "properties: {id: {type: string}, state",
		"properties: {id: {type: string, x-wxpay-sensitive: true}, state",
		[]string{"breaking wire COIN.MINTED: ", "breaking go webhook: "}},
	{"the length is of the clear text", "user_name: {type: string, x-wxpay-sensitive: true}",
		"user_name: {type: string, x-wxpay-sensitive: true, maxLength: 1024}",
		[]string{"breaking wire POST /v3/coin/mint: "}},
	{"a code that it is refused with", "      operationId: DeleteCoin\n",
		"      operationId: DeleteCoin\n      x-wxpay-errors: [{status: 400, code: A_B}]\n", nil},
	{"the order of a choice", "[{required: [remark]}, {required: [kind]}]",
		"[{required: [kind]}, {required: [remark]}]",
		[]string{"additive wire POST /v3/coin/mint: which of some fields"}},
	{"what is null", "holder: {type: string}", "holder: {type: [string, \"null\"]}",
		[]string{"additive wire POST /v3/coin/mint: "}},
}

// The name of a path parameter is not sent, so renaming it changes Go alone.
func TestRenamedPathParameter(t *testing.T) {
	renamed := strings.ReplaceAll(strings.ReplaceAll(before, "{coin_id}", "{id}"), "name: coin_id",
		"name: id")
	all, err := Changes(side(t, description(before), "old/"), side(t, description(renamed), "new/"))
	if err != nil {
		t.Fatal(err)
	}
	compare(t, all, []string{"breaking go v3/coin: "})
	for _, c := range all {
		if c.Side == Wire {
			t.Errorf("on the wire: %s", line(c))
		}
	}
}

// A oneOf that becomes an anyOf is a wider choice, and additive.
func TestWiderChoice(t *testing.T) {
	narrow := strings.Replace(before, "anyOf: [", "oneOf: [", 1)
	all, err := Changes(side(t, description(narrow), "old/"), side(t, description(before), "new/"))
	if err != nil {
		t.Fatal(err)
	}
	compare(t, all, []string{"additive wire POST /v3/coin/mint: which of some fields"})
}

// The name of a component is not sent, so renaming it changes Go alone.
func TestRenamedShape(t *testing.T) {
	renamed := strings.NewReplacer("schemas/Amount", "schemas/Sum", "    Amount:", "    Sum:").
		Replace(before)
	all, err := Changes(side(t, description(before), "old/"), side(t, description(renamed), "new/"))
	if err != nil {
		t.Fatal(err)
	}
	compare(t, all,
		[]string{"breaking go v3/coin: Amount: removed", "additive go v3/coin: Sum: added"})
	for _, c := range all {
		if c.Side == Wire {
			t.Errorf("on the wire: %s", line(c))
		}
	}
}

func TestKinds(t *testing.T) {
	old := description(before)
	for _, k := range kinds {
		t.Run(k.name, func(t *testing.T) {
			if !strings.Contains(before, k.old) {
				t.Fatalf("there is no %q", k.old)
			}
			all, err := Changes(side(t, old, "old/"),
				side(t, description(strings.Replace(before, k.old, k.new, 1)), "new/"))
			if err != nil {
				t.Fatal(err)
			}
			compare(t, all, k.want)
		})
	}
}
