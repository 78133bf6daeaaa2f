//! Server-sent events (HTML Living Standard §9.2): `text/event-stream` as a stream of typed events.

use std::collections::VecDeque;
use std::fmt;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use futures_core::Stream;
use http::StatusCode;
use serde_json::{Map, Value};

use super::ByteStream;
use crate::codec::{Decode, Fault, from_slice, from_value};
use crate::error::{Error, Kind, Undocumented};
use crate::pipeline::perform;
use crate::response::{FromResponse, RawResponse};
use crate::wire::TransportFuture;

/// An event may not be larger than this many bytes.
const MAX_EVENT: usize = 8 << 20;

/// How long to wait before a stream is opened anew, if the server does not say.
const RECONNECT: Duration = Duration::from_secs(3);

/// The longest wait that a server may ask for.
const MAX_RECONNECT: Duration = Duration::from_secs(60);

/// What servers send instead of JSON when there is nothing more to come.
const DONE: &str = "[DONE]";

/// A server-sent event.
///
/// # Example
///
/// ```
/// fn show(event: &clientsmith_runtime::Event<String>) -> String {
///     format!("{}: {}", event.event, event.data)
/// }
/// ```
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Event<T> {
    /// The type of the event; `message` if the server names none.
    pub event: String,
    /// The last event ID that the server sent, with this event or an earlier one.
    pub id: Option<String>,
    /// The last reconnection time that the server sent, with this event or an earlier one.
    pub retry: Option<Duration>,
    /// The decoded data of the event.
    pub data: T,
}

/// A stream of server-sent events whose data is decoded from JSON as `T`; a string is taken as it is.
///
/// It ends with the body, or with an event whose data is `[DONE]`.
///
/// # Example
///
/// ```no_run
/// # async fn example(
/// #     mut events: clientsmith_runtime::EventStream<String>,
/// # ) -> Result<(), clientsmith_runtime::Error> {
/// while let Some(event) = events.next().await {
///     println!("{}", event?.data);
/// }
/// # Ok(())
/// # }
/// ```
pub struct EventStream<T> {
    body: ByteStream,
    parser: Parser,
    ready: VecDeque<Event<String>>,
    done: bool,
    /// How often the stream may be opened anew before an event comes.
    reconnects: u32,
    left: u32,
    opening: Option<TransportFuture<Result<RawResponse, Error<Undocumented>>>>,
    data: PhantomData<fn() -> T>,
}

impl<T: Decode> EventStream<T> {
    /// Reopens the stream when it breaks off or ends, at most `times` times in a row without an event in
    /// between. By default it is not reopened.
    ///
    /// The call is made again with the header `Last-Event-ID`, after the reconnection time that the server sent
    /// (at most 60 s) or 3 s. This is for endless streams: a server with nothing more to send responds with
    /// status 204.
    #[must_use]
    pub fn reconnecting(mut self, times: u32) -> Self {
        self.reconnects = times;
        self.left = times;
        self
    }

    /// Makes the call again, to continue after the last event.
    fn open(&mut self) -> TransportFuture<Result<RawResponse, Error<Undocumented>>> {
        let mut call = self.body.call.clone().anew();
        if let Some(id) = &self.parser.id {
            call.set_header("last-event-id", id);
        }
        let wait = self.parser.retry.unwrap_or(RECONNECT).min(MAX_RECONNECT);
        let sleep = call.core().transport().sleep(wait);
        Box::pin(async move {
            sleep.await;
            perform(call, true).await
        })
    }

    /// Continues with the reopened stream; `false` if the server has nothing more to send.
    fn resume(&mut self, response: &RawResponse) -> Result<bool, Error> {
        if response.status() == StatusCode::NO_CONTENT {
            return Ok(false);
        }
        let body = match response.status().is_success() {
            true => ByteStream::from_response(response).map_err(Kind::Decode),
            false => Err(Kind::Undocumented),
        };
        // The error holds the new response, not the one that the stream began with.
        let error =
            |kind| Error::new(kind, response.context().clone()).with_response(response.response());
        self.body = body.map_err(error)?;
        self.parser.begin();
        Ok(true)
    }

    /// The next event; `None` at the end.
    pub async fn next(&mut self) -> Option<Result<Event<T>, Error>> {
        std::future::poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }

    fn typed(&self, event: Event<String>) -> Result<Event<T>, Error> {
        let data = decode(&event).map_err(|fault| self.body.error(Kind::Decode(fault)))?;
        Ok(Event {
            event: event.event,
            id: event.id,
            retry: event.retry,
            data,
        })
    }
}

/// The data of an event as a type. Documents describe either the data alone or the whole event, so
/// both are tried.
fn decode<T: Decode>(event: &Event<String>) -> Result<T, Fault> {
    if T::SHAPE.is_text() {
        return T::decode(crate::codec::Input::Text(&event.data));
    }
    let fault = match from_slice(event.data.as_bytes()) {
        Ok(data) => return Ok(data),
        Err(fault) => fault,
    };
    let data =
        serde_json::from_str(&event.data).unwrap_or_else(|_| Value::from(event.data.as_str()));
    let mut whole = Map::new();
    whole.insert("event".to_owned(), Value::from(event.event.as_str()));
    whole.insert("data".to_owned(), data);
    if let Some(id) = &event.id {
        whole.insert("id".to_owned(), Value::from(id.as_str()));
    }
    from_value(&Value::Object(whole)).map_err(|_| fault)
}

impl<T: Decode> Stream for EventStream<T> {
    type Item = Result<Event<T>, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            if self.done {
                return Poll::Ready(None);
            }
            if let Some(event) = self.ready.pop_front() {
                if event.data.trim() == DONE {
                    self.done = true;
                    continue;
                }
                self.left = self.reconnects;
                return Poll::Ready(Some(self.typed(event)));
            }
            if let Some(opening) = &mut self.opening {
                let Poll::Ready(opened) = opening.as_mut().poll(context) else {
                    return Poll::Pending;
                };
                self.opening = None;
                let resumed = opened
                    .map_err(Error::cast)
                    .and_then(|response| self.resume(&response));
                match resumed {
                    Ok(goes_on) => self.done = !goes_on,
                    Err(error) => {
                        self.done = true;
                        return Poll::Ready(Some(Err(error)));
                    }
                }
                continue;
            }
            match Pin::new(&mut self.body).poll_next(context) {
                Poll::Pending => return Poll::Pending,
                Poll::Ready(None | Some(Err(_))) if self.left > 0 => {
                    self.left -= 1;
                    self.opening = Some(self.open());
                }
                Poll::Ready(None) => self.done = true,
                Poll::Ready(Some(Err(error))) => {
                    self.done = true;
                    return Poll::Ready(Some(Err(error)));
                }
                Poll::Ready(Some(Ok(part))) => {
                    let events = self.parser.feed(&part);
                    self.ready.extend(events);
                    if self.parser.is_too_large() {
                        self.done = true;
                        return Poll::Ready(Some(Err(self.body.error(Kind::TooLarge(MAX_EVENT)))));
                    }
                }
            }
        }
    }
}

impl<T: Decode> FromResponse for EventStream<T> {
    const STREAMED: bool = true;

    fn from_response(response: &RawResponse) -> Result<Self, Fault> {
        Ok(Self {
            body: ByteStream::from_response(response)?,
            parser: Parser::default(),
            ready: VecDeque::new(),
            done: false,
            reconnects: 0,
            left: 0,
            opening: None,
            data: PhantomData,
        })
    }
}

impl<T> fmt::Debug for EventStream<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("EventStream")
    }
}

/// Reads events from bytes that arrive in any pieces.
#[derive(Debug, Default)]
struct Parser {
    /// Bytes of a line that has not ended yet.
    line: Vec<u8>,
    /// Whether the last byte was a carriage return, whose line feed is still to come.
    after_return: bool,
    started: bool,
    event: String,
    data: String,
    has_data: bool,
    id: Option<String>,
    retry: Option<Duration>,
}

impl Parser {
    /// Starts over with a reopened stream, but keeps the last event ID and the reconnection time.
    fn begin(&mut self) {
        let (id, retry) = (self.id.take(), self.retry.take());
        *self = Self {
            id,
            retry,
            ..Self::default()
        };
    }

    /// Takes more bytes; returns the events that are complete now.
    fn feed(&mut self, bytes: &[u8]) -> Vec<Event<String>> {
        let mut events = Vec::new();
        for &byte in bytes {
            match byte {
                b'\n' if std::mem::take(&mut self.after_return) => {}
                b'\n' | b'\r' => {
                    self.after_return = byte == b'\r';
                    let line = std::mem::take(&mut self.line);
                    events.extend(self.end_of_line(&line));
                }
                _ => {
                    self.after_return = false;
                    self.line.push(byte);
                }
            }
        }
        events
    }

    fn is_too_large(&self) -> bool {
        self.line.len() + self.data.len() > MAX_EVENT
    }

    fn end_of_line(&mut self, line: &[u8]) -> Option<Event<String>> {
        let line = String::from_utf8_lossy(line);
        let mut line = line.as_ref();
        if !std::mem::replace(&mut self.started, true) {
            line = line.trim_start_matches('\u{feff}');
        }
        if line.is_empty() {
            return self.end_of_event();
        }
        let (field, value) = line.split_once(':').unwrap_or((line, ""));
        let value = value.strip_prefix(' ').unwrap_or(value);
        match field {
            "event" => value.clone_into(&mut self.event),
            "data" => {
                if self.has_data {
                    self.data.push('\n');
                }
                self.data.push_str(value);
                self.has_data = true;
            }
            "id" if !value.contains('\0') => self.id = Some(value.to_owned()),
            "retry" => {
                let milliseconds = value
                    .bytes()
                    .all(|b| b.is_ascii_digit())
                    .then(|| value.parse().ok());
                self.retry = milliseconds
                    .flatten()
                    .map(Duration::from_millis)
                    .or(self.retry);
            }
            // A comment has no field; an unknown field is ignored.
            _ => {}
        }
        None
    }

    fn end_of_event(&mut self) -> Option<Event<String>> {
        let event = std::mem::take(&mut self.event);
        let data = std::mem::take(&mut self.data);
        if !std::mem::take(&mut self.has_data) {
            return None;
        }
        Some(Event {
            event: if event.is_empty() {
                "message".to_owned()
            } else {
                event
            },
            id: self.id.clone(),
            retry: self.retry,
            data,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "\u{feff}: a comment\n\nevent: add\r\ndata: 1\r\ndata:2\rid: 7\n\n\
        data\n\nretry: 250\ndata:  x\nunknown: y\n\nid: 8\n\ndata: never ended";

    #[test]
    fn events_are_read_whatever_pieces_they_come_in() {
        let expected = [
            ("add", "1\n2", Some("7"), None),
            ("message", "", Some("7"), None),
            ("message", " x", Some("7"), Some(250)),
        ];
        for cut in 0..=TEXT.len() {
            let mut parser = Parser::default();
            let mut events = parser.feed(&TEXT.as_bytes()[..cut]);
            events.extend(parser.feed(&TEXT.as_bytes()[cut..]));
            let events: Vec<_> = events
                .iter()
                .map(|e| {
                    (
                        e.event.as_str(),
                        e.data.as_str(),
                        e.id.as_deref(),
                        e.retry.map(|r| r.as_millis() as u64),
                    )
                })
                .collect();
            assert_eq!(events, expected, "cut at {cut}");
        }
    }

    #[test]
    fn an_event_without_end_does_not_grow_for_ever() {
        let mut parser = Parser::default();
        parser.feed(&vec![b'x'; MAX_EVENT]);
        assert!(!parser.is_too_large());
        parser.feed(b"x");
        assert!(parser.is_too_large());
    }
}
