package wxpay

import (
	"reflect"
	"testing"
)

// FuzzEnvelope holds the scanner against encoding/json: what it reads, it must read alike.
func FuzzEnvelope(f *testing.F) {
	for _, s := range []string{
		`{"id":"EV-1","create_time":"2015-05-20T13:29:35+08:00","resource_type":"encrypt-resource","event_type":"A","summary":"支付成功",` +
			`"resource":{"original_type":"transaction","algorithm":"AEAD_AES_256_GCM","ciphertext":"YWJj","associated_data":"x","nonce":"abcdefghijkl"}}`,
		"{ \"event_type\"\t: \"A\" ,\r\n \"resource\" : { \"nonce\" : \"x\" } } ",
		`{"event_type":"A","resource":{"nonce":"x"},"resource":{"algorithm":"y"},"event_type":"B"}`,
		`{"event_type":"A","resource":{}}`, `{"Event_Type":"A","resource":{"NONCE":"x"}}`, `{"event_type":"\u0041","resource":{"nonce":"x"}}`,
		`{"event_type":"A","resource":{"nonce":"x"}}x`, `{"event_type":"A","resource":{"nonce":"x"},}`, "{\"event_type\":\"\xff\",\"resource\":{\"nonce\":\"x\"}}",
		`{"event_type":"A","event_type":null,"resource":{"nonce":"x"}}`, `{"id":{"nonce":"x"},"event_type":"A"}`,
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		var e Event
		var box rawBox
		s := scanner{b: body}
		if !s.event(&e, &box) || !s.end() || e.EventType == "" || !box.present {
			return // left to encoding/json
		}
		var env envelope
		if err := env.read(body); err != nil {
			t.Fatalf("the scanner reads what encoding/json does not: %v", err)
		}
		want := Event{ID: env.ID, CreateTime: env.CreateTime, EventType: env.EventType, ResourceType: env.ResourceType, Summary: env.Summary, OriginalType: env.Resource.OriginalType}
		if !reflect.DeepEqual(e, want) {
			t.Fatalf("got %#v, want %#v", e, want)
		}
		got, raw := sealedBox{string(box.algorithm), string(box.nonce), string(box.associatedData), string(box.ciphertext)}, env.Resource.sealedBox
		if got != raw {
			t.Fatalf("got %v, want %v", got, raw)
		}
	})
}
