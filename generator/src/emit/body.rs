//! Bodies of requests: what a method takes, and how the call is given it.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::ty::Scope;
use crate::markdown::code;
use crate::named::{BodyContent, BodyVariant, Content, Operation, TypeName};
use crate::print::{Docs, Item, link};
use crate::terms::{Encoding, MediaKind, Scalar, Style, Type};

/// What the method takes.
pub(super) fn argument(content: &BodyContent, scope: &Scope<'_>) -> TokenStream {
    match content {
        BodyContent::One(content) => match content.kind {
            MediaKind::Text | MediaKind::EventStream | MediaKind::Binary => {
                into(&scope.import("clientsmith_runtime", "Body"), scope)
            }
            MediaKind::JsonLines => {
                let line = scope.held(&content.value);
                quote!(&[#line])
            }
            _ => scope.held(&content.value),
        },
        BodyContent::Several { name, .. } => into(&quote!(#name), scope),
    }
}

fn into(ty: &TokenStream, scope: &Scope<'_>) -> TokenStream {
    let into = scope.prelude("std::convert", "Into");
    quote!(impl #into<#ty>)
}

/// The call with the body that the method was given: `call.json(&body)`.
pub(super) fn set(content: &BodyContent, call: &TokenStream, scope: &Scope<'_>) -> TokenStream {
    match content {
        BodyContent::One(content) => {
            let given = match content.kind {
                MediaKind::Text | MediaKind::EventStream | MediaKind::Binary => quote!(body.into()),
                MediaKind::JsonLines => quote!(body),
                _ => quote!(&body),
            };
            let setting = setting_of(content, &given, scope);
            quote!(#call #setting)
        }
        BodyContent::Several { .. } => quote!(body.into().set(#call)),
    }
}

/// `.json(&body)`, where `body` is what is given: a reference, or the body itself if it is no model.
fn setting_of(content: &Content, body: &TokenStream, scope: &Scope<'_>) -> TokenStream {
    let media_type = Literal::string(&content.media_type);
    match content.kind {
        MediaKind::Json if content.media_type == "application/json" => quote!(.json(#body)),
        MediaKind::Json => quote!(.json_as(#media_type, #body)),
        MediaKind::Form => {
            let parts = parts(&content.encodings, scope);
            quote!(.form(&[#(#parts),*], #body))
        }
        MediaKind::Multipart => {
            let parts = parts(&content.encodings, scope);
            quote!(.multipart(&[#(#parts),*], #body))
        }
        MediaKind::JsonLines => quote!(.json_lines(#media_type, #body)),
        MediaKind::Text | MediaKind::EventStream | MediaKind::Binary => {
            quote!(.body(#media_type, #body))
        }
    }
}

/// How the properties of a form are written that are not written in the usual way.
fn parts(encodings: &[Encoding], scope: &Scope<'_>) -> Vec<TokenStream> {
    let part = |encoding: &Encoding| {
        let ty = scope.private("Part");
        let name = Literal::string(&encoding.name);
        let style = encoding.style.and_then(|style| style_of(style, scope));
        let style = style.map(|style| quote!(.style(#style)));
        let content_type = encoding.content_type.as_ref();
        let content_type = content_type.map(|content_type| quote!(.content_type(#content_type)));
        quote!(#ty::new(#name) #style #content_type)
    };
    encodings.iter().map(part).collect()
}

/// A style of a query or a form; none if it is the usual one.
pub(super) fn style_of(style: Style, scope: &Scope<'_>) -> Option<TokenStream> {
    let name = match style {
        Style::Form {
            explode: true,
            reserved: false,
        } => return None,
        Style::Form {
            explode: true,
            reserved: true,
        } => quote!(ExplodedReserved),
        Style::Form {
            explode: false,
            reserved: true,
        } => quote!(FormReserved),
        Style::SpaceDelimited => quote!(SpaceDelimited),
        Style::PipeDelimited => quote!(PipeDelimited),
        Style::DeepObject => quote!(DeepObject),
        Style::Json => quote!(Json),
        _ => quote!(Form),
    };
    let ty = scope.private("Style");
    Some(quote!(#ty::#name))
}

/// The enum of an operation's bodies, if it has several.
pub(super) fn items(operation: &Operation, scope: &Scope<'_>) -> Vec<Item> {
    let Some(BodyContent::Several { name, variants }) = operation.body.as_ref().map(|b| &b.content)
    else {
        return Vec::new();
    };
    let docs = Docs::line(format!(
        "The body of a {} request, in one of several media types.",
        link(&operation.request.rust)
    ));
    let docs = docs.attributes();
    let declared = variants.iter().map(|variant| {
        let docs = Docs::line(code(&variant.content.media_type)).attributes();
        let of = &variant.name;
        let held = held(&variant.content, scope);
        let held = boxed(held, variant.boxed, scope);
        quote!(#docs #of(#held))
    });
    let call = scope.import("clientsmith_runtime", "Call");
    let arms = variants.iter().map(|variant| {
        let of = &variant.name;
        let given = match variant.content.kind {
            MediaKind::Text | MediaKind::EventStream => quote!(body.into()),
            MediaKind::Binary => quote!(body),
            _ => quote!(&body),
        };
        let setting = setting_of(&variant.content, &given, scope);
        quote!(Self::#of(body) => call #setting)
    });
    let declaration = quote! {
        #docs
        #[derive(Debug, Clone, PartialEq)]
        #[non_exhaustive]
        pub enum #name { #(#declared),* }
    };
    let methods = quote! {
        impl #name {
            #[inline]
            fn set(self, call: #call) -> #call {
                match self { #(#arms),* }
            }
        }
    };
    let mut items = vec![Item::Rust(declaration), Item::Rust(methods)];
    items.extend(
        conversions(name, variants, scope)
            .into_iter()
            .map(Item::Rust),
    );
    items
}

/// What a variant holds.
fn held(content: &Content, scope: &Scope<'_>) -> TokenStream {
    match content.kind {
        MediaKind::Text | MediaKind::EventStream => scope.string(),
        MediaKind::Binary => scope.import("clientsmith_runtime", "Body"),
        MediaKind::JsonLines => {
            let vec = scope.prelude("std::vec", "Vec");
            let line = scope.held(&content.value);
            quote!(#vec<#line>)
        }
        _ => scope.held(&content.value),
    }
}

/// `Box<ty>`, if it is to be boxed.
pub(super) fn boxed(ty: TokenStream, is_boxed: bool, scope: &Scope<'_>) -> TokenStream {
    if !is_boxed {
        return ty;
    }
    let boxed = scope.prelude("std::boxed", "Box");
    quote!(#boxed<#ty>)
}

/// `From` for what the variants hold: the first variant that holds it.
fn conversions(name: &TypeName, variants: &[BodyVariant], scope: &Scope<'_>) -> Vec<TokenStream> {
    let mut seen = Vec::new();
    let mut conversions = Vec::new();
    for variant in variants {
        let value = &variant.content.value;
        let identity = match variant.content.kind {
            MediaKind::Text | MediaKind::EventStream => scope.identity(&Scalar::String.into()),
            MediaKind::Binary => Some("Body".to_owned()),
            MediaKind::JsonLines => scope.identity(&Type::List(Box::new(value.clone())).into()),
            _ => scope.identity(value),
        };
        if identity.is_none() || seen.contains(&identity) {
            continue;
        }
        seen.push(identity);
        let (of, held) = (&variant.name, held(&variant.content, scope));
        let from = scope.prelude("std::convert", "From");
        let value = match variant.boxed {
            true => {
                let boxed = scope.prelude("std::boxed", "Box");
                quote!(#boxed::new(body))
            }
            false => quote!(body),
        };
        conversions.push(quote! {
            impl #from<#held> for #name {
                #[inline]
                fn from(body: #held) -> Self { Self::#of(#value) }
            }
        });
    }
    conversions
}
