package model

// Webhooks are the notifications of the description. They become one package.
type Webhooks struct {
	Package string // "webhook"
	Events  []*Event
	Types   []*Type // shared types, by name
}

// Event is one notification type.
type Event struct {
	Name string // event_type on the wire, "TRANSACTION.SUCCESS"
	// "TransactionSuccess": the event is TransactionSuccessEvent, its resource TransactionSuccess
	Go       string
	Family   string // the stem of its file, "transaction"
	Title    string
	Doc      string
	URLs     []string
	Tags     []string
	Roles    []string
	Updated  string
	Resource *Type // the decrypted resource
	Source   string
	Pos      string
}
